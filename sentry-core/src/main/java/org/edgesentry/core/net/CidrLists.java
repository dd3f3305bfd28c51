package org.edgesentry.core.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What can be done with a list of networks. Thread: any. */
public final class CidrLists {

    private static final Comparator<Cidr> BY_PLACE = Comparator.comparingInt(Cidr::family)
            .thenComparing(Cidr::hi, Long::compareUnsigned)
            .thenComparing(Cidr::lo, Long::compareUnsigned)
            .thenComparingInt(Cidr::prefixLength);

    private CidrLists() {
    }

    /** The same addresses without networks that lie in others of the list: what is left is apart, and in order. */
    public static List<Cidr> withoutCovered(List<Cidr> networks) {
        List<Cidr> sorted = new ArrayList<>(networks);
        sorted.sort(BY_PLACE);
        List<Cidr> apart = new ArrayList<>();
        Cidr last = null;
        for (Cidr network : sorted) {
            if (last == null || !last.contains(network.family(), network.hi(), network.lo())) {
                apart.add(network);
                last = network;
            }
        }
        return apart;
    }
}
