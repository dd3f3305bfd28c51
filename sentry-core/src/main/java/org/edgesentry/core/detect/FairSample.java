package org.edgesentry.core.detect;

import java.util.concurrent.TimeUnit;

/**
 * Who is looked at when there are too many to look at all: every source while a second brings few contacts, one in two,
 * four, eight ... sources as it brings more. It goes by the source's hash, so that a source is in with all its contacts
 * or out with all of them: what comes again still comes again, and shares stay what they are. Nobody outside can tell
 * who is in.
 *
 * <p>Thread: pipeline only; allocates nothing once made.
 */
final class FairSample {

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Bits of the hash that nothing else in this package goes by. */
    private static final int BITS_FROM = 12;
    private static final int MOST_BITS = 12;

    private final int perSecond;
    private int bits;
    private long beganNanos;
    private long contacts;

    /** All sources as long as they make no more contacts than this in a second. */
    FairSample(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Counts a contact; whether its source is in. */
    boolean takes(long source, long epochNanos) {
        long age = Math.abs(epochNanos - beganNanos);
        if (age >= SECOND_NANOS) {
            bits = age < 2 * SECOND_NANOS ? bitsFor(contacts) : 0;
            contacts = 0;
            beganNanos = epochNanos;
        }
        contacts++;
        if (contacts > (long) perSecond << bits && bits < MOST_BITS) {
            bits++;
        }
        return holds(source);
    }

    /** Whether a source is in just now. */
    boolean holds(long source) {
        return (source >>> BITS_FROM & (1L << bits) - 1) == 0;
    }

    /** As few as leave no more contacts than wanted. */
    private int bitsFor(long contactsInSecond) {
        int needed = 0;
        while (contactsInSecond > (long) perSecond << needed && needed < MOST_BITS) {
            needed++;
        }
        return needed;
    }
}
