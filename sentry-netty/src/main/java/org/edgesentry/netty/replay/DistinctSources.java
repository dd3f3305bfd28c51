package org.edgesentry.netty.replay;

import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.AddressFamily;

/**
 * Counts distinct addresses: exactly up to {@link Limits#EXACT_SOURCES}, beyond that by adaptive sampling (Wegman; P.
 * Flajolet, "On adaptive sampling", Computing 43, 1990). When the set is full, only the fingerprints whose lowest bit
 * is zero stay and are let in, then only those whose two lowest are, and so on; the number is that of the sample,
 * doubled as often. The error is 1.2 / sqrt(65,536) = 0.5 % as a rule.
 *
 * <p>Thread: one.
 */
final class DistinctSources {

    private final SipHash hash;
    private FingerprintSet sample = new FingerprintSet(Limits.EXACT_SOURCES);
    private int halvings;

    DistinctSources(SipHash hash) {
        this.hash = hash;
    }

    void add(int family, long hi, long lo) {
        long fingerprint = hash.hash(hi, AddressFamily.commonLo(family, lo));
        while (isSampled(fingerprint) && sample.isFull() && !sample.contains(fingerprint)) {
            halvings++;
            sample = sample.without(mask());
        }
        if (isSampled(fingerprint)) {
            sample.add(fingerprint);
        }
    }

    long count() {
        return (long) sample.size() << halvings;
    }

    private boolean isSampled(long fingerprint) {
        return (fingerprint & mask()) == 0;
    }

    private long mask() {
        return (1L << halvings) - 1;
    }
}
