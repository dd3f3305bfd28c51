package org.edgesentry.netty.trap;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.limits.TokenBucket;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.PrefixMask;

/**
 * Bounds replies whose receiver may not have asked for them: to one source (an IPv4 address or an IPv6 /64), and to
 * all.
 *
 * <p>Each source has a slot by a keyed hash, which holds the moment from which its allowance is whole again (the
 * generic cell rate algorithm of ITU-T I.371). Sources that meet in a slot share its allowance: that can only cost
 * replies.
 *
 * <p>Thread: one only; allocates nothing after the constructor.
 */
final class ReplyLimit {

    private static final int IPV6_SOURCE_BITS = 64;
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(Limits.UDP_REPLY_SECONDS);
    private static final long BURST_NANOS = (Limits.UDP_REPLIES_AT_ONCE - 1) * INTERVAL_NANOS;

    private final SipHash hash = SipHash.withRandomKey();
    private final long[] wholeAgainNanos = new long[Limits.UDP_REPLY_SLOTS];
    private final TokenBucket all =
            new TokenBucket(Limits.UDP_REPLIES_PER_MINUTE, Limits.UDP_REPLIES_PER_MINUTE);

    /** Whether one reply to this source may be sent now; if so it is counted. */
    boolean tryTake(int family, long hi, long lo, long epochNanos) {
        int bits = family == AddressFamily.IPV4 ? AddressFamily.bits(family) : IPV6_SOURCE_BITS;
        long key = AddressFamily.commonLo(family, PrefixMask.lo(family, lo, bits));
        int slot = (int) hash.hash(PrefixMask.hi(family, hi, bits), key) & Limits.UDP_REPLY_SLOTS - 1;
        long whole = Math.max(wholeAgainNanos[slot], epochNanos);
        if (whole - epochNanos > BURST_NANOS || !all.tryTake(epochNanos)) {
            return false;
        }
        wholeAgainNanos[slot] = whole + INTERVAL_NANOS;
        return true;
    }
}
