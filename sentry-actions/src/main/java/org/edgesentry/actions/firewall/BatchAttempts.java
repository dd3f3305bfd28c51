package org.edgesentry.actions.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.net.Cidr;

/**
 * Gets as much of a batch into the kernel as it takes: the whole as one transaction; if that is refused, once more
 * after our rules have been made anew (a firewall reload may have taken them), unless a set is full; if it is still
 * refused, in halves, and halves of the half that is refused, so that one bad element does not lose the others. Gives
 * up when {@link ActionLimits#FAILURES_IN_A_ROW} single ones failed in a row: then not the elements are at fault.
 *
 * <p>Thread: one at a time. Needs transactions that may be repeated.
 *
 * @param <T> what the batch is made of
 */
final class BatchAttempts<T> {

    private final Function<T, Cidr> target;
    private final Transaction<T> transaction;
    private final Repair repair;

    BatchAttempts(Function<T, Cidr> target, Transaction<T> transaction, Repair repair) {
        this.target = target;
        this.transaction = transaction;
        this.repair = repair;
    }

    void run(List<T> batch) throws FirewallException {
        if (batch.isEmpty()) {
            return;
        }
        try {
            transaction.run(batch);
        } catch (FirewallException e) {
            if (e.isPartial()) {
                throw e;
            }
            if (!e.isForWantOfRoom()) {
                repair.run();
            }
            runAgain(batch);
        }
    }

    private void runAgain(List<T> batch) throws FirewallException {
        Halving halving = new Halving();
        halving.attempt(batch);
        if (!halving.failed.isEmpty()) {
            throw new FirewallException(halving.words, halving.failed);
        }
    }

    /** The state of one search for the elements at fault. */
    private final class Halving {

        private final List<Cidr> failed = new ArrayList<>();
        private String words = "";
        private int failuresInARow;

        private void attempt(List<T> part) {
            if (failuresInARow >= ActionLimits.FAILURES_IN_A_ROW) {
                part.forEach(this::fail);
                return;
            }
            try {
                transaction.run(part);
                failuresInARow = 0;
            } catch (FirewallException e) {
                words = e.getMessage();
                split(part);
            }
        }

        private void split(List<T> part) {
            if (part.size() == 1) {
                fail(part.get(0));
                return;
            }
            int middle = part.size() / 2;
            attempt(part.subList(0, middle));
            attempt(part.subList(middle, part.size()));
        }

        private void fail(T element) {
            failuresInARow++;
            failed.add(target.apply(element));
        }
    }

    /** Does all of a part, or an unknown share of it, or all but what its exception names. */
    @FunctionalInterface
    interface Transaction<T> {
        void run(List<T> part) throws FirewallException;
    }

    /** Makes anew what the transaction stands on. */
    @FunctionalInterface
    interface Repair {
        void run() throws FirewallException;
    }
}
