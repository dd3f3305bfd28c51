package org.edgesentry.actions.respond;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.edgesentry.actions.Requests;
import org.edgesentry.actions.ledger.Damage;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockEnd;
import org.edgesentry.core.ledger.BlockLedger;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;

/** A ledger in memory that can be told to fail; it outlives the responder. */
final class LedgerOnPaper implements BlockLedger {

    final Map<Cidr, ActiveBlock> active = new LinkedHashMap<>();
    final Map<Cidr, Integer> times = new LinkedHashMap<>();
    final List<BlockEnd> ends = new ArrayList<>();
    String fault = "";
    boolean damaged;
    int attempts;
    /** Asked at each write: what has been said by then. */
    IntSupplier linesSaid = () -> 0;
    final List<Integer> linesAtWrite = new ArrayList<>();
    boolean closed;
    int startedOver;

    @Override
    public List<ActiveBlock> active() throws IOException {
        requireSound();
        return List.copyOf(active.values());
    }

    @Override
    public int timesBlocked(Cidr target) {
        return times.getOrDefault(target, 0);
    }

    @Override
    public void write(Collection<ActiveBlock> blocks, Collection<BlockEnd> ended) throws IOException {
        attempts++;
        if (damaged) {
            throw Damage.found();
        }
        requireSound();
        linesAtWrite.add(linesSaid.getAsInt());
        ended.forEach(end -> active.remove(end.target()));
        ends.addAll(ended);
        for (ActiveBlock block : blocks) {
            active.put(block.target(), block);
            times.put(block.target(), block.times());
        }
    }

    private void requireSound() throws IOException {
        if (!fault.isEmpty()) {
            throw new IOException(fault);
        }
    }

    @Override
    public void shift(long nanos) throws IOException {
        requireSound();
        active.replaceAll((target, block) -> new ActiveBlock(target, block.origin(), block.sinceEpochNanos() + nanos,
                block.isEndless() ? Long.MAX_VALUE : block.untilEpochNanos() + nanos, block.times(), block.ports(),
                block.inFirewall()));
    }

    /** {@code 192.0.2.7 EXPIRED} for each end so far. */
    List<String> endings() {
        return ends.stream().map(end -> end.target() + " " + end.how()).toList();
    }

    /** What this block would have left after so many seconds; how often, and for which ports. */
    String row(String target, long seconds) {
        ActiveBlock block = active.get(CidrParser.parse(target));
        return block == null ? "none" : block.origin().reason() + " x" + block.times() + " " + block.ports() + " "
                + (block.isEndless() ? "without end" : TimeUnit.NANOSECONDS.toSeconds(block.untilEpochNanos()
                - Requests.START_NANOS) - seconds + " s");
    }

    @Override
    public void forgetBefore(long epochNanos) {
        // Tests are not about that.
    }

    @Override
    public void startOver(Collection<ActiveBlock> all) throws IOException {
        requireSound();
        startedOver++;
        damaged = false;
        active.clear();
        write(all, List.of());
    }

    @Override
    public void close() {
        closed = true;
    }
}
