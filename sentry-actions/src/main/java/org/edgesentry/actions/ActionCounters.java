package org.edgesentry.actions;

import java.util.concurrent.atomic.LongAdder;
import org.edgesentry.core.metrics.LatencyHistogram;

/** What the actions have done so far. Thread: written by the action worker, read by any. */
public final class ActionCounters {

    private final LongAdder blocksMade = new LongAdder();
    private final LongAdder blocksFailed = new LongAdder();
    private final LongAdder blocksExpired = new LongAdder();
    private final LongAdder blocksRefused = new LongAdder();
    private final LongAdder unblocksFailed = new LongAdder();
    private final LongAdder linesWritten = new LongAdder();
    private final LongAdder linesLost = new LongAdder();
    private final LongAdder commandsRun = new LongAdder();
    private final LongAdder commandsDropped = new LongAdder();
    private final LongAdder hostsDenied = new LongAdder();
    private final LongAdder fileWritesFailed = new LongAdder();
    private final LatencyHistogram probeToBlock = new LatencyHistogram();

    /** Counts a block, or a renewal of one, that the firewall took. */
    public void blockMade() {
        blocksMade.increment();
    }

    /** Counts a block that the firewall refused. */
    public void blockFailed() {
        blocksFailed.increment();
    }

    /** Counts blocks whose time has come. */
    public void blocksExpired(long count) {
        blocksExpired.add(count);
    }

    /** Counts a block beyond BLOCK_MAX. */
    public void blockRefused() {
        blocksRefused.increment();
    }

    /** Counts blocks that should have ended and could not be taken back yet. */
    public void unblocksFailed(long count) {
        unblocksFailed.add(count);
    }

    /** Counts history lines that are in the file. */
    public void linesWritten(long count) {
        linesWritten.add(count);
    }

    /** Counts history lines that never will be in the file. */
    public void linesLost(long count) {
        linesLost.add(count);
    }

    /** Counts a write to the history or blocked file that failed and will be tried again. */
    public void fileWriteFailed() {
        fileWritesFailed.increment();
    }

    /** Counts a run of KILL_RUN_CMD. */
    public void commandRun() {
        commandsRun.increment();
    }

    /** Counts a command that was never run: too many were waiting, or the daemon stopped. */
    public void commandDropped() {
        commandsDropped.increment();
    }

    /** Counts hosts that got a line in hosts.deny. */
    public void hostsDenied(long count) {
        hostsDenied.add(count);
    }

    /** Blocks and renewals that the firewall took. */
    public long blocksMade() {
        return blocksMade.sum();
    }

    /** Blocks that the firewall refused. */
    public long blocksFailed() {
        return blocksFailed.sum();
    }

    /** Blocks that ended because their time had come. */
    public long blocksExpired() {
        return blocksExpired.sum();
    }

    /** Blocks beyond BLOCK_MAX, never asked of the firewall. */
    public long blocksRefused() {
        return blocksRefused.sum();
    }

    /** Attempts to take back a block that failed; each is tried again. */
    public long unblocksFailed() {
        return unblocksFailed.sum();
    }

    /** History lines that are in the file. */
    public long linesWritten() {
        return linesWritten.sum();
    }

    /** History lines that were lost because the file could not be written for too long. */
    public long linesLost() {
        return linesLost.sum();
    }

    /** Runs of KILL_RUN_CMD. */
    public long commandsRun() {
        return commandsRun.sum();
    }

    /** Commands that were never run: too many were waiting, or the daemon stopped. */
    public long commandsDropped() {
        return commandsDropped.sum();
    }

    /** Hosts that got a line in hosts.deny. */
    public long hostsDenied() {
        return hostsDenied.sum();
    }

    /** Failed writes to the history and blocked files; each is tried again. */
    public long fileWritesFailed() {
        return fileWritesFailed.sum();
    }

    /** From the probe that a block answers to the firewall's word that it is in force. Recorded by the worker. */
    public LatencyHistogram probeToBlock() {
        return probeToBlock;
    }
}
