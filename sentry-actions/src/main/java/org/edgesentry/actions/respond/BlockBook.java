package org.edgesentry.actions.respond;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.Complaints;
import org.edgesentry.actions.ledger.LedgerDamagedException;
import org.edgesentry.core.action.BlockOutcomes;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.ActiveBlocks;
import org.edgesentry.core.ledger.BlockEnd;
import org.edgesentry.core.ledger.BlockLedger;
import org.edgesentry.core.ledger.ProbedPort;
import org.edgesentry.core.net.Cidr;

/**
 * The record of blocks: what is blocked now, the ledger that outlives the process, and the pipeline, in step. The
 * firewall is asked first; what it did is noted here, and {@link #keep} puts it into the ledger before anybody is told.
 *
 * <p>While the ledger cannot be written (a full disk), the record is complete all the same, and written when it can be.
 *
 * <p>Thread: action worker only, but for {@link #isLedgerBehind}.
 */
final class BlockBook {

    private static final Logger LOG = LogManager.getLogger(BlockBook.class);

    private final ActiveBlocks blocks;
    private final BlockLedger ledger;
    private final BlockOutcomes outcomes;
    private final Complaints complaints;
    private final BlockNews news;
    private final Backoff backoff = new Backoff();
    private final Map<Cidr, ActiveBlock> changed = new LinkedHashMap<>();
    private final Map<Cidr, Ended> ended = new LinkedHashMap<>();
    private volatile boolean ledgerBehind;

    BlockBook(ActiveBlocks blocks, BlockLedger ledger, BlockOutcomes outcomes, Complaints complaints,
              BlockNews news) {
        this.blocks = blocks;
        this.ledger = ledger;
        this.outcomes = outcomes;
        this.complaints = complaints;
        this.news = news;
    }

    /** What is blocked now. */
    ActiveBlocks blocks() {
        return blocks;
    }

    /** How often the target was blocked before; where the ledger does not answer, as far as this run knows. */
    int timesBlocked(Cidr target) {
        Optional<ActiveBlock> active = blocks.find(target);
        if (active.isPresent()) {
            return active.get().times();
        }
        if (ended.containsKey(target)) {
            return ended.get(target).times();
        }
        try {
            return ledger.timesBlocked(target);
        } catch (IOException e) {
            LOG.debug("The ledger does not say how often {} was blocked: {}", target, e.getMessage());
            return 0;
        }
    }

    /** The blocks of a former run. */
    List<ActiveBlock> former(long epochNanos) {
        try {
            return ledger.active();
        } catch (IOException e) {
            complain(e, epochNanos);
            return List.of();
        }
    }

    /** A block is in force, or has a new time, which is no news. */
    void made(ActiveBlock block) {
        boolean isNew = blocks.find(block.target()).isEmpty();
        noteMade(block);
        outcomes.blocked(block.target(), block.untilEpochNanos());
        if (isNew) {
            news.blocked(block, false);
        }
    }

    /** The same, where the pipeline knows, or need not know. */
    void noteMade(ActiveBlock block) {
        changed.put(block.target(), blocks.put(block));
    }

    /** A block of a former run is in force again, as the ledger has it. */
    void noteRestored(ActiveBlock block) {
        blocks.put(block);
    }

    /** A block has ended. */
    void ended(ActiveBlock block, BlockEnd.How how, long epochNanos) {
        noteEnded(block, how, epochNanos);
        outcomes.ended(block.target());
    }

    /** A block of a former run has ended: the pipeline never knew of it. */
    void noteEnded(ActiveBlock block, BlockEnd.How how, long epochNanos) {
        blocks.remove(block.target());
        changed.remove(block.target());
        ended.put(block.target(), new Ended(new BlockEnd(block.target(), epochNanos, how), block.times()));
        if (ended.size() > blocks.max()) {
            keep(epochNanos);
        }
        if (ended.size() > blocks.max()) {
            ended.remove(ended.keySet().iterator().next());
        }
    }

    /** A blocked host has asked for a port. */
    void asked(Cidr target, ProbedPort port) {
        blocks.note(target, port).ifPresent(block -> changed.put(target, block));
    }

    /** The clock was set: all times move with it, so that blocks last as long as they were to. */
    void shift(long nanos, long epochNanos) {
        keep(epochNanos);
        blocks.shift(nanos);
        changed.replaceAll((target, unshifted) -> blocks.find(target).orElse(unshifted));
        try {
            ledger.shift(nanos);
        } catch (IOException e) {
            complain(e, epochNanos);
            blocks.all().forEach(block -> changed.put(block.target(), block));
        }
    }

    /** Puts what has changed into the ledger, for good; a failure is said, and tried again with a later call. */
    void keep(long epochNanos) {
        if (changed.isEmpty() && ended.isEmpty() || !backoff.isOver(epochNanos)) {
            return;
        }
        try {
            write();
            changed.clear();
            ended.clear();
            recovered();
        } catch (IOException e) {
            ledgerBehind = true;
            backoff.failed(epochNanos);
            complain(e, epochNanos);
        }
    }

    /** A ledger that is found damaged is begun anew with all that is in force. */
    private void write() throws IOException {
        try {
            ledger.write(List.copyOf(changed.values()), ended.values().stream().map(Ended::end).toList());
        } catch (LedgerDamagedException e) {
            ledger.startOver(List.copyOf(blocks.all()));
        }
    }

    private void recovered() {
        backoff.succeeded();
        if (ledgerBehind) {
            ledgerBehind = false;
            LOG.info("The ledger of blocks is complete again");
        }
    }

    private void complain(IOException e, long epochNanos) {
        complaints.say(epochNanos, "ledger " + e.getClass(), "The ledger of blocks cannot be kept: "
                + AlertText.quoted(String.valueOf(e.getMessage())) + ". Hosts are blocked all the same, but what is "
                + "not written would not survive a restart; it is tried again");
    }

    /** Forgets what ended before this time. */
    void forgetBefore(long epochNanos, long nowNanos) {
        try {
            ledger.forgetBefore(epochNanos);
        } catch (IOException e) {
            complain(e, nowNanos);
        }
    }

    /** Whether the ledger lacks something that has happened. Thread: any. */
    boolean isLedgerBehind() {
        return ledgerBehind;
    }

    /** All blocks, first to end first; a view. */
    Collection<ActiveBlock> all() {
        return blocks.all();
    }

    void close(long epochNanos) {
        backoff.succeeded();
        keep(epochNanos);
        ledger.close();
    }

    /** An end that the ledger may not know yet, and how often the target had been blocked. */
    private record Ended(BlockEnd end, int times) {
    }
}
