package org.edgesentry.core.ledger;

import java.util.Collection;
import java.util.List;
import org.edgesentry.core.net.Cidr;

/** {@link BlockLedger#NONE}. Thread: any. */
final class ForgetfulLedger implements BlockLedger {

    @Override
    public List<ActiveBlock> active() {
        return List.of();
    }

    @Override
    public int timesBlocked(Cidr target) {
        return 0;
    }

    @Override
    public void write(Collection<ActiveBlock> blocks, Collection<BlockEnd> ends) {
        // Nothing is kept.
    }

    @Override
    public void shift(long nanos) {
        // Nothing is kept.
    }

    @Override
    public void forgetBefore(long epochNanos) {
        // Nothing is kept.
    }

    @Override
    public void startOver(Collection<ActiveBlock> all) {
        // Nothing is kept.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
