package org.edgesentry.core.detect;

import java.util.Arrays;

/**
 * Finds the networks that many sources are in, in constant memory. After Misra and Gries, "Finding repeated elements",
 * 1982: a new network takes an empty place, and when there is none, takes one off everybody. Each count is short by at
 * most the number of sources / 33, and never too high: what is said to hold a share does.
 *
 * <p>Thread: pipeline only; allocates nothing once made.
 */
final class FrequentNetworks {

    static final int PLACES = 32;

    private final long[] networks = new long[PLACES];
    private final int[] counts = new int[PLACES];

    /** Counts one source of this network. */
    void add(long network) {
        int empty = -1;
        for (int place = 0; place < PLACES; place++) {
            if (counts[place] == 0) {
                empty = place;
            } else if (networks[place] == network) {
                counts[place]++;
                return;
            }
        }
        if (empty >= 0) {
            networks[empty] = network;
            counts[empty] = 1;
        } else {
            takeOneOffEach();
        }
    }

    /** The network in this place; means something where the count is not 0. */
    long network(int place) {
        return networks[place];
    }

    /** At least so many sources of it. */
    int count(int place) {
        return counts[place];
    }

    void clear() {
        Arrays.fill(counts, 0);
    }

    private void takeOneOffEach() {
        for (int place = 0; place < PLACES; place++) {
            counts[place]--;
        }
    }
}
