package org.edgesentry.actions.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.net.Cidr;

/**
 * Gets as much of a batch into the kernel as it takes: the whole as one transaction; if that is refused, once more
 * after our rules have been made anew (a firewall reload may have taken them); if it is still refused, one at a time,
 * so that one bad element does not lose the others. Gives up when {@link ActionLimits#FAILURES_IN_A_ROW} single ones
 * failed in a row: then not the elements are at fault.
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
            runAgain(batch);
        }
    }

    private void runAgain(List<T> batch) throws FirewallException {
        repair.run();
        try {
            transaction.run(batch);
        } catch (FirewallException e) {
            if (batch.size() == 1) {
                throw e;
            }
            runSingly(batch);
        }
    }

    private void runSingly(List<T> batch) throws FirewallException {
        List<Cidr> failed = new ArrayList<>();
        String words = "";
        int failuresInARow = 0;
        for (T element : batch) {
            try {
                if (failuresInARow < ActionLimits.FAILURES_IN_A_ROW) {
                    transaction.run(List.of(element));
                    failuresInARow = 0;
                    continue;
                }
            } catch (FirewallException e) {
                words = e.getMessage();
                failuresInARow++;
            }
            failed.add(target.apply(element));
        }
        if (!failed.isEmpty()) {
            throw new FirewallException(words, failed);
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
