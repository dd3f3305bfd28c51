package org.edgesentry.actions.ledger;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockEnd;
import org.edgesentry.core.ledger.BlockLedger;
import org.edgesentry.core.net.Cidr;

/**
 * A ledger that may not be there yet: where it cannot be opened at the start (a full disk), that is tried again with
 * each write. Until then every write fails with the reason, so that nothing counts as written.
 *
 * <p>Thread: one.
 */
public final class LateLedger implements BlockLedger {

    private final Opening opening;
    private BlockLedger ledger;
    private IOException fault;

    private LateLedger(Opening opening) {
        this.opening = opening;
    }

    /** Tries to open it for the first time. */
    public static BlockLedger open(Opening opening) {
        LateLedger late = new LateLedger(opening);
        try {
            late.ledger = opening.open();
            return late.ledger;
        } catch (IOException e) {
            late.fault = e;
            return late;
        }
    }

    /** How a ledger is opened. */
    @FunctionalInterface
    public interface Opening {

        /** Opens it. */
        BlockLedger open() throws IOException;
    }

    private BlockLedger opened() throws IOException {
        if (ledger == null) {
            throw new IOException(fault.getMessage(), fault);
        }
        return ledger;
    }

    @Override
    public List<ActiveBlock> active() throws IOException {
        return opened().active();
    }

    @Override
    public int timesBlocked(Cidr target) throws IOException {
        return opened().timesBlocked(target);
    }

    @Override
    public void write(Collection<ActiveBlock> blocks, Collection<BlockEnd> ends) throws IOException {
        if (ledger == null) {
            ledger = opening.open();
        }
        ledger.write(blocks, ends);
    }

    @Override
    public void shift(long nanos) throws IOException {
        opened().shift(nanos);
    }

    /** Nothing is forgotten that was never known. */
    @Override
    public void forgetBefore(long epochNanos) throws IOException {
        if (ledger != null) {
            ledger.forgetBefore(epochNanos);
        }
    }

    @Override
    public void startOver(Collection<ActiveBlock> all) throws IOException {
        opened().startOver(all);
    }

    @Override
    public void close() {
        if (ledger != null) {
            ledger.close();
        }
    }
}
