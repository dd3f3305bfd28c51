package org.edgesentry.core.detect;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.limits.Limits;

/**
 * Remembers for a moment who was the first to make a contact: its leader. Decoys and their scanner make the same one
 * within a fraction of a millisecond, as nmap sends them, and from the same source port; a tool that picks a port for
 * each source, or asks where there are no ports, has to be quicker, so that two who meet by chance do not count: two
 * hosts that ping the same network one after the other.
 *
 * <p>A table without chains: a newer contact takes the place of an older one.
 *
 * <p>Thread: pipeline only; allocates nothing once made.
 */
final class RecentContacts {

    private static final int MASK = Limits.RECENT_CONTACTS - 1;
    private static final long SAME_PORT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long OTHER_PORT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final long[] contacts = new long[Limits.RECENT_CONTACTS];
    private final long[] leaders = new long[Limits.RECENT_CONTACTS];
    private final long[] beganNanos = new long[Limits.RECENT_CONTACTS];
    private final int[] sourcePorts = new int[Limits.RECENT_CONTACTS];

    /** The source that has just made this contact before this one; this one itself when there was none. */
    long leader(long contact, long source, int sourcePort, long epochNanos) {
        int place = (int) contact & MASK;
        boolean samePort = sourcePort != 0 && sourcePorts[place] == sourcePort;
        long window = samePort ? SAME_PORT_NANOS : OTHER_PORT_NANOS;
        if (contacts[place] != contact || Math.abs(epochNanos - beganNanos[place]) > window) {
            contacts[place] = contact;
            leaders[place] = source;
            beganNanos[place] = epochNanos;
            sourcePorts[place] = sourcePort;
        }
        return leaders[place];
    }
}
