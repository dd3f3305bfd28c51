package org.edgesentry.core.detect;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.probe.DistributedScan;

/**
 * Follows one port, or one host, that several sources have asked for in vain: how many sources, how many different
 * things (hosts of the port, ports of the host), in how many distinct pairs, how fast, from where. {@link Coordination}
 * says what is made of it and why.
 *
 * <p>Thread: pipeline only; allocates when it reports only.
 */
final class ScanTracker {

    /** {@link #dueNanos} of a tracker that has nothing to report. */
    static final long NEVER = Long.MAX_VALUE;

    /** 1 kB each, 3 % error. */
    private static final int PRECISION = 10;
    /** After so many contacts that counted, everybody's few times begin anew: a loud one stays 1 in 16. */
    private static final int RENEW_AFTER = 64;
    private static final int CONTACTS_PER_THING = 8;
    /** What has not come this often when it is judged: pairs at least 5/4 of the sources, so some came again. */
    private static final int COME_AGAIN_NUMERATOR = 5;
    private static final int COME_AGAIN_DENOMINATOR = 4;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(Limits.DISTRIBUTED_SETTLE_SECONDS);
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(Limits.DISTRIBUTED_AGAIN_SECONDS);

    private enum State { FREE, WATCHING, FOUND, REPORTED }

    private final boolean ofHost;
    private final long windowNanos;
    private final DistinctSketch sources = new DistinctSketch(PRECISION);
    private final DistinctSketch things = new DistinctSketch(PRECISION);
    private final DistinctSketch pairs = new DistinctSketch(PRECISION);
    private final FewEach bySource = new FewEach(Coordination.CONTACTS_PER_SOURCE);
    private final FewEach byThing = new FewEach(CONTACTS_PER_THING);
    private final SourceNetworks networks = new SourceNetworks();

    private State state = State.FREE;
    private int protocol;
    private int port;
    private int family;
    private long targetHi;
    private long targetLo;
    private int contacts;
    private long firstNanos;
    private long lastNanos;
    private long secondNanos;
    private int contactsInSecond;
    private boolean flooded;
    private long dueNanos = NEVER;
    private long reportedNanos;
    private long reportedSources;

    /** A free tracker: of a host, else of a port. */
    ScanTracker(boolean ofHost, long windowNanos) {
        this.ofHost = ofHost;
        this.windowNanos = windowNanos;
    }

    /** Follows what this contact asked for from now on, and forgets all before. */
    void begin(FailedContact contact) {
        state = State.WATCHING;
        protocol = contact.protocol;
        port = contact.port;
        family = contact.family;
        targetHi = contact.targetHi;
        targetLo = contact.targetLo;
        sources.clear();
        things.clear();
        pairs.clear();
        bySource.clear();
        byThing.clear();
        networks.clear();
        contacts = 0;
        firstNanos = contact.epochNanos;
        lastNanos = contact.epochNanos;
        secondNanos = contact.epochNanos;
        contactsInSecond = 0;
        flooded = false;
        dueNanos = NEVER;
        reportedSources = 0;
    }

    /** Takes down one contact. */
    void note(FailedContact contact, long thing, long pair) {
        if (isOver(contact.epochNanos)) {
            begin(contact);
        }
        if (!bySource.allows(contact.source) || !byThing.allows(thing)) {
            return;
        }
        bySource.count(contact.source);
        byThing.count(thing);
        count(contact.epochNanos);
        boolean newSource = sources.add(contact.source);
        if (newSource) {
            networks.add(contact.family, contact.sourceHi, contact.sourceLo);
        }
        if (things.add(thing) | pairs.add(pair) | newSource) {
            judge(contact.epochNanos);
        }
    }

    /** When it wants to report, nanoseconds since the epoch, or {@link #NEVER}. */
    long dueNanos() {
        return dueNanos;
    }

    /** Puts the report off. */
    void postpone(long untilNanos) {
        dueNanos = untilNanos;
    }

    /** Whether a second brought more contacts than a scan of many does. */
    boolean isFlooded() {
        return flooded;
    }

    /** Its mean rate; what came within a second counts as a second's. */
    double contactsPerSecond() {
        return contacts * (double) SECOND_NANOS / Math.max(lastNanos - firstNanos, SECOND_NANOS);
    }

    /** Whether what was found is a flood of forged sources instead: too many in a second, and none came again. */
    boolean isFlood() {
        return flooded && pairs.estimate() * COME_AGAIN_DENOMINATOR < sources.estimate() * COME_AGAIN_NUMERATOR;
    }

    /** Whether it has reported the same host, and at least half as many sources. */
    boolean hasReported(DistributedScan scan) {
        return state == State.REPORTED && protocol == scan.protocol() && family == scan.family()
                && targetHi == scan.targetHi() && targetLo == scan.targetLo()
                && reportedSources * 2 >= scan.sources()
                && Math.abs(scan.lastNanos() - reportedNanos) < AGAIN_NANOS;
    }

    /** Says no more before the scan has grown, or a time has passed. */
    void settle(long epochNanos) {
        state = State.REPORTED;
        reportedNanos = epochNanos;
        reportedSources = sources.estimate();
        dueNanos = NEVER;
    }

    DistributedScan report() {
        int many = (int) things.estimate();
        return new DistributedScan(protocol, ofHost ? 0 : port, family, ofHost ? targetHi : 0, ofHost ? targetLo : 0,
                (int) sources.estimate(), ofHost ? 1 : many, ofHost ? many : 1, contacts, firstNanos, lastNanos,
                networks.telling(family));
    }

    /** How far it is on the way to a scan: the least of these gives way to a newcomer. */
    long promise(long epochNanos) {
        if (state == State.FREE || isSilent(epochNanos)) {
            return -1;
        }
        return Math.min(sources.estimate(), things.estimate());
    }

    private void count(long epochNanos) {
        contacts++;
        firstNanos = Math.min(firstNanos, epochNanos);
        lastNanos = Math.max(lastNanos, epochNanos);
        if (contacts % RENEW_AFTER == 0) {
            bySource.clear();
            byThing.clear();
        }
        if (Math.abs(epochNanos - secondNanos) >= SECOND_NANOS) {
            secondNanos = epochNanos;
            contactsInSecond = 0;
        }
        flooded |= ++contactsInSecond > Coordination.FLOOD_CONTACTS_PER_SECOND;
    }

    private void judge(long epochNanos) {
        if (state == State.WATCHING && sources.estimate() >= Coordination.TRACKED
                && things.estimate() >= Coordination.TRACKED) {
            state = State.FOUND;
            dueNanos = epochNanos + SETTLE_NANOS;
        } else if (state == State.REPORTED && !flooded
                && sources.estimate() >= reportedSources * Coordination.GROWN_TIMES) {
            state = State.FOUND;
            dueNanos = epochNanos;
        }
    }

    private boolean isOver(long epochNanos) {
        return switch (state) {
            case WATCHING -> Math.abs(epochNanos - firstNanos) > windowNanos;
            case REPORTED -> isSilent(epochNanos)
                    || Math.abs(epochNanos - reportedNanos) > (flooded ? windowNanos : AGAIN_NANOS);
            default -> false;
        };
    }

    private boolean isSilent(long epochNanos) {
        return state != State.FOUND && Math.abs(epochNanos - lastNanos) > windowNanos;
    }
}
