package org.edgesentry.core.host;

import org.edgesentry.core.detect.Evidence;
import org.edgesentry.core.limits.Limits;

/**
 * Looks at the places of the host table that the next packets will need, so that they are in the cache by then. One
 * packet after the other would wait for each of them in its turn; here the processor fetches those of many packets at
 * the same time, since none of these looks depends on another's. Each pass needs what the one before has fetched:
 * bucket, row, and what the row leads to. This is the group prefetching of Chen, Ailamaki, Gibbons and Mowry,
 * "Improving hash join performance through prefetching" (2004), with loads in place of prefetches.
 *
 * <p>Only a hint: what is not as it was seen, when the packet's turn comes, costs that packet the wait.
 *
 * <p>Thread: pipeline only; allocates nothing once made.
 */
final class Foresight {

    private final HostRows rows;
    private final HostIndex index;
    private final RowRing ring;
    private final SlotOrder slots;
    private final PortMemory ports;
    private final Evidence evidence;
    private final int[] guesses = new int[Limits.PROBES_FORESEEN];
    private final int[] victims = new int[Limits.PROBES_FORESEEN];
    /** What was seen adds up here, or else the compiler would leave out looks whose result nobody uses. */
    private long seen;
    private int comeFirst;
    private int comeAgain;

    Foresight(HostRows rows, HostIndex index, RowRing ring, SlotOrder slots, PortMemory ports, Evidence evidence) {
        this.rows = rows;
        this.index = index;
        this.ring = ring;
        this.slots = slots;
        this.ports = ports;
        this.evidence = evidence;
    }

    /** Packets with hosts of these hashes come next. */
    void look(long[] hashes, int count) {
        lookAtBuckets(hashes, count);
        guessRows(hashes, count);
        lookAtRows(guesses, count);
        lookBehindRows(count);
        if (ring.isFull()) {
            lookAtHosts(oldestNewcomers());
        }
        if (ports.areAllTaken()) {
            lookAtHolders(firstToGo());
        }
    }

    private void lookAtBuckets(long[] hashes, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += index.look((int) hashes[i]);
        }
        seen += sum;
    }

    private void guessRows(long[] hashes, int count) {
        comeFirst = 0;
        for (int i = 0; i < count; i++) {
            guesses[i] = index.guess(hashes[i]);
            comeFirst += guesses[i] >>> Integer.SIZE - 1;
        }
    }

    /** A row may lie across two lines of the cache. */
    private void lookAtRows(int[] which, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            if (which[i] != HostRows.NONE) {
                sum += rows.get(which[i], HostRows.ADDRESS_HI) + rows.get(which[i], HostRows.PORTS);
            }
        }
        seen += sum;
    }

    /** One that came more often than once has a slot, if there was one to have. */
    private void lookBehindRows(int count) {
        comeAgain = 0;
        long sum = 0;
        for (int i = 0; i < count; i++) {
            int row = guesses[i];
            if (row == HostRows.NONE) {
                continue;
            }
            if (HostState.hasPorts((int) rows.get(row, HostRows.STATE))) {
                sum += lookAtSlot(rows.high(row, HostRows.PORTS));
            } else {
                comeAgain++;
            }
        }
        seen += sum;
    }

    private long lookAtSlot(int slot) {
        return ports.hostRow(slot) + evidence.look(slot);
    }

    /** Those who have to go for newcomers. */
    private int oldestNewcomers() {
        int row = ring.hand() - 1;
        for (int i = 0; i < comeFirst; i++) {
            row = ring.next(row + 1);
            victims[i] = row;
        }
        return row == HostRows.NONE ? 0 : comeFirst;
    }

    /** Those whose slots go to others, on average. */
    private int firstToGo() {
        int most = (comeAgain + SlotLottery.ONE_IN - 1) / SlotLottery.ONE_IN;
        int count = 0;
        for (int slot = slots.victim(); slot != SlotOrder.NONE && count < most; slot = slots.newer(slot)) {
            victims[count++] = slot;
        }
        return count;
    }

    private void lookAtHolders(int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += lookAtSlot(victims[i]);
        }
        seen += sum;
        for (int i = 0; i < count; i++) {
            victims[i] = ports.hostRow(victims[i]);
        }
        lookAtHosts(count);
    }

    /** Who goes leaves its row, and its bucket. */
    private void lookAtHosts(int count) {
        lookAtRows(victims, count);
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += victims[i] == HostRows.NONE ? 0 : index.look(rows.hash(victims[i]));
        }
        seen += sum;
    }
}
