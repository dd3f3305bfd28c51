package org.edgesentry.core.host;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;

/**
 * Who gets a slot when all are taken. Where the host that would have to go has been silent for a while, whoever asks.
 * Where it has just been seen, slots are going round faster than a scanner sends, as in a flood of forged sources that
 * come again: then one in {@value #ONE_IN} of those who ask, so that the others keep theirs for longer, and nobody who
 * comes often waits for long. The draw cannot be foretold, or sources in lockstep could take all turns that win.
 *
 * <p>Thread: pipeline only.
 */
final class SlotLottery {

    /** Packets to one slot, on average. */
    static final int ONE_IN = 8;

    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(Limits.SLOT_KEPT_SECONDS);
    private static final long TICKET = 0x736c6f74L;

    private final long secret;
    private long draws;

    SlotLottery(SipHash hash) {
        this.secret = hash.hash(TICKET, 0);
    }

    /** Whether a host gets the slot of another, who was seen last at that time. */
    boolean grants(long holderSeenNanos, long nowNanos) {
        return nowNanos - holderSeenNanos > KEPT_NANOS || SipHash.derive(secret, ++draws) % ONE_IN == 0;
    }
}
