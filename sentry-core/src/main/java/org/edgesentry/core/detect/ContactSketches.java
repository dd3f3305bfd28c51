package org.edgesentry.core.detect;

import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;

/**
 * Counts the contacts, ports and hosts of sources that have more contacts than are remembered one by one: three
 * sketches a source, which one number stands for.
 *
 * <p>Thread: pipeline only; makes its pool when the first source needs it.
 */
final class ContactSketches {

    /** A source without sketches: it has few contacts, or all sketches were in use. */
    static final long NONE = 0;

    /** 1,024 registers each: an error of 3 % (Flajolet et al. 2007). */
    private static final int PRECISION = 10;
    private static final int EACH = 3;
    private static final int CONTACTS = 0;
    private static final int PORTS = 16;
    private static final int HOSTS = 32;

    /** Hashes of contacts, ports and hosts as such. */
    private final long contactSecret;
    private final long portSecret;
    private final long hostSecret;
    private SketchPool pool;

    ContactSketches(SipHash hash) {
        this.contactSecret = hash.hash(CONTACTS, 0);
        this.portSecret = hash.hash(PORTS, 0);
        this.hostSecret = hash.hash(HOSTS, 0);
    }

    /** Empty sketches, or {@link #NONE}. */
    long begin() {
        if (pool == null) {
            pool = new SketchPool(EACH * Limits.SKETCHED_HOSTS, PRECISION);
        }
        int first = pool.take();
        // They are taken and given back by threes.
        return first == SketchPool.NONE ? NONE
                : first + 1L << CONTACTS | pool.take() + 1L << PORTS | pool.take() + 1L << HOSTS;
    }

    void end(long sketches) {
        if (sketches != NONE) {
            pool.release(one(sketches, CONTACTS));
            pool.release(one(sketches, PORTS));
            pool.release(one(sketches, HOSTS));
        }
    }

    private static int one(long sketches, int which) {
        return (int) (sketches >>> which & 0xFFFF) - 1;
    }

    void add(long sketches, long contact) {
        if (sketches == NONE) {
            return;
        }
        pool.add(one(sketches, CONTACTS), contactHash(contact));
        pool.add(one(sketches, HOSTS), SipHash.derive(hostSecret, Contact.host(contact)));
        if (Contact.isOfPort(contact)) {
            pool.add(one(sketches, PORTS), SipHash.derive(portSecret, Contact.portKey(contact)));
        }
    }

    /** Whether the contact was counted before. Of many new ones, more and more are missed, when it matters no more. */
    boolean hold(long sketches, long contact) {
        return sketches != NONE && !pool.add(one(sketches, CONTACTS), contactHash(contact));
    }

    private long contactHash(long contact) {
        return SipHash.derive(contactSecret, Contact.key(contact));
    }

    int contacts(long sketches, int counted) {
        return estimate(sketches, CONTACTS, counted);
    }

    int ports(long sketches, int counted) {
        return estimate(sketches, PORTS, counted);
    }

    int hosts(long sketches, int counted) {
        return estimate(sketches, HOSTS, counted);
    }

    private int estimate(long sketches, int which, int counted) {
        return sketches == NONE ? counted : (int) pool.estimate(one(sketches, which));
    }
}
