package org.edgesentry.actions.respond;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockEnd;
import org.edgesentry.core.ledger.BlockLedger;
import org.edgesentry.core.net.Cidr;

/** A ledger in memory that can be told to fail; it outlives the responder. */
final class LedgerOnPaper implements BlockLedger {

    final Map<Cidr, ActiveBlock> active = new LinkedHashMap<>();
    final Map<Cidr, Integer> times = new LinkedHashMap<>();
    final List<BlockEnd> ends = new ArrayList<>();
    long shiftedNanos;
    String fault = "";
    boolean closed;
    int startedOver;

    @Override
    public List<ActiveBlock> active() {
        return List.copyOf(active.values());
    }

    @Override
    public int timesBlocked(Cidr target) {
        return times.getOrDefault(target, 0);
    }

    @Override
    public void write(Collection<ActiveBlock> blocks, Collection<BlockEnd> ended) throws IOException {
        if (!fault.isEmpty()) {
            throw new IOException(fault);
        }
        ended.forEach(end -> active.remove(end.target()));
        ends.addAll(ended);
        for (ActiveBlock block : blocks) {
            active.put(block.target(), block);
            times.put(block.target(), block.times());
        }
    }

    @Override
    public void shift(long nanos) {
        shiftedNanos += nanos;
    }

    @Override
    public void forgetBefore(long epochNanos) {
        // Tests are not about that.
    }

    @Override
    public void startOver(Collection<ActiveBlock> all) throws IOException {
        if (!fault.isEmpty()) {
            throw new IOException(fault);
        }
        startedOver++;
        active.clear();
        write(all, List.of());
    }

    @Override
    public void close() {
        closed = true;
    }
}
