package org.edgesentry.core.detect;

import org.edgesentry.core.hash.AddressHashes;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.limits.TokenBucket;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.PrefixMask;
import org.edgesentry.core.probe.DistributedScan;

/**
 * Finds scans that many sources make together, each of which sends too little to be judged: one port of many hosts, or
 * the ports of one host shared out among the sources. It is told of distinct first contacts that failed, and of nothing
 * else: what a service answered, backscatter and retries are no evidence here.
 *
 * <p><b>What makes a scan.</b> Three mirror indexes, by (protocol, port), by (protocol, host), and by (protocol, host,
 * network of the source), each with its window, which begins with the first contacts and then anew each time it has
 * passed:
 * <ul>
 * <li>at least {@value #FEWEST} sources and {@value #FEWEST} hosts of one port in {@value #PORT_WINDOW_SECONDS} s. That
 *     is far beyond what chance, or the few monitors of a network, bring together.
 * <li>at least {@value #FEWEST} sources and {@value #FEWEST} ports of one host in {@value #HOST_WINDOW_SECONDS} s. The
 *     window is short because every address has its background of single probes from everywhere, all day: a few an hour
 *     in quiet places, as many as 10,000 a day, 7 in the window, at busy ones. 32 sources with 32 ports in each window
 *     would be 46,000 a day. Drawn at random, 10,000 a day never reach it in 90 days, 20,000 a day about once a day. A
 *     shared scan that is slower than this background is not found, unless
 * <li>the same many sources are neighbours, of one /24 of IPv4 or one /48 of IPv6: then {@value #NEIGHBOURS_SECONDS} s.
 *     The background comes from everywhere.
 * </ul>
 *
 * <p><b>Nobody alone.</b> A source counts with {@value #CONTACTS_PER_SOURCE} contacts in any 64 that count: one that
 * makes more has the five failures that judge it alone (Jung et al. 2004). So a loud scanner amid others adds next to
 * nothing. And each host of a port, each port of a host counts 8 times in 64, whoever asks: a SYN flood at one port of
 * one host, or a service that is down and missed by its clients, remains one thing.
 *
 * <p><b>Floods.</b> A flood with forged sources at all ports of a host (or one port of all hosts) has the shape of a
 * scan. What tells it apart: random sources never come again, and they are many. Where one second brings more than
 * {@value #FLOOD_CONTACTS_PER_SECOND} contacts, and there are fewer than five contacts to four sources, nothing proves
 * that anybody is there to read the answers; it is a flood, and no scan is named. (In the largest distributed scan at
 * hand, two /16 networks on port 23, it is 500 in a second.) Forged sources that come slower cannot be told from real
 * ones that come once. A flood at all ports of a whole network makes each port and each host a target of many; while
 * it lasts, only what is asked for far more often than the rest is named ({@code FloodGauge}). And there is a bound on
 * reports.
 *
 * <p><b>One report.</b> A scan that was found is reported {@value Limits#DISTRIBUTED_SETTLE_SECONDS} s later, so that
 * the one report counts more than its beginning; then again when its sources are {@value #GROWN_TIMES} times as many,
 * or when it still goes on an hour later. Networks are named by {@code SourceNetworks}: the longest with a sixteenth of
 * the sources.
 *
 * <p><b>Memory.</b> 256 trackers of 5.5 kB and three tables of 64 kB: 1.7 MB. Somebody who floods everything from
 * random sources competes with a real scan for trackers, and loses: the first look lets those pass that come fastest,
 * and what has the fewest sources or things gives way.
 *
 * <p>Counts are of what came once a key had a tracker, some five contacts less than all, and errors of sketches, 3 %.
 *
 * <p>Thread: pipeline only; allocates when it reports only. Time is that of the contacts; it may step back.
 */
public final class Coordination {

    /** Sources, and hosts or ports, that make a scan. */
    static final int FEWEST = 32;
    /** As many as a tracker has to see: the rest came before it began, and may have come again since. */
    static final int TRACKED = FEWEST - FirstLook.ENOUGH;
    /** One less than what judges a source alone. */
    static final int CONTACTS_PER_SOURCE = 4;
    /** More in a second, and each from another source, is a flood. */
    static final int FLOOD_CONTACTS_PER_SECOND = 5_000;
    /** A scan that has grown so much is worth another report. */
    static final int GROWN_TIMES = 10;
    static final int PORT_WINDOW_SECONDS = 600;
    static final int HOST_WINDOW_SECONDS = 60;
    static final int NEIGHBOURS_SECONDS = 3_600;

    private static final long PORT_KEY = 0x706f7274L;
    private static final long HOST_KEY = 0x686f7374L << 32;
    private static final int NETWORK_BITS_OF_IPV4 = 24;
    private static final int NETWORK_BITS_OF_IPV6 = 48;

    private final AddressHashes hashes;
    /** Hash of ports as such. */
    private final long portSecret;
    private final MirrorIndex ports;
    private final MirrorIndex hosts;
    private final MirrorIndex neighbours;
    private final TokenBucket reports =
            new TokenBucket(Limits.DISTRIBUTED_REPORTS_BURST, Limits.DISTRIBUTED_REPORTS_PER_MINUTE);
    private final FailedContact contact = new FailedContact();
    private long lastNanos;

    /** Knows of nothing yet. */
    public Coordination(AddressHashes hashes) {
        this.hashes = hashes;
        this.portSecret = hashes.hash(PORT_KEY, 0);
        this.ports = new MirrorIndex(false, Limits.SCAN_TRACKERS / 2, PORT_WINDOW_SECONDS);
        this.hosts = new MirrorIndex(true, Limits.SCAN_TRACKERS / 4, HOST_WINDOW_SECONDS);
        this.neighbours = new MirrorIndex(true, Limits.SCAN_TRACKERS / 4, NEIGHBOURS_SECONDS);
    }

    /**
     * Takes down a distinct first contact that failed.
     *
     * @param protocol IP protocol number
     * @param port destination port, 0 where the protocol has none
     * @param family {@link AddressFamily} of both addresses
     * @param epochNanos when the contact was made (not when it was found to have failed)
     * @return a scan that is to be reported now, of this contact or another, else null
     */
    public DistributedScan note(int protocol, int port, int family, long targetHi, long targetLo, long sourceHi,
                                long sourceLo, long epochNanos) {
        contact.protocol = protocol;
        contact.port = port;
        contact.family = family;
        contact.targetHi = targetHi;
        contact.targetLo = targetLo;
        contact.sourceHi = sourceHi;
        contact.sourceLo = sourceLo;
        contact.epochNanos = epochNanos;
        contact.source = hashes.hash(sourceHi, AddressFamily.commonLo(family, sourceLo));
        lastNanos = epochNanos;
        long portKey = SipHash.derive(portSecret, (long) family << 24 | (long) protocol << 16 | port);
        long target = hashes.hash(targetHi, AddressFamily.commonLo(family, targetLo));
        long hostKey = SipHash.derive(target, HOST_KEY | protocol);
        ports.note(contact, portKey, target);
        hosts.note(contact, hostKey, portKey);
        neighbours.note(contact, SipHash.derive(hostKey, network()), portKey);
        return due(epochNanos);
    }

    /** A scan that is to be reported by now, else null: for a tick, when no contact comes. */
    public DistributedScan due(long epochNanos) {
        DistributedScan scan = ports.due(epochNanos, reports);
        if (scan == null) {
            scan = due(hosts, neighbours, epochNanos);
        }
        return scan != null ? scan : due(neighbours, hosts, epochNanos);
    }

    /** The next scan that the other index has not reported. */
    private DistributedScan due(MirrorIndex index, MirrorIndex other, long epochNanos) {
        DistributedScan scan = index.due(epochNanos, reports);
        while (scan != null && other.hasReported(scan)) {
            scan = index.due(epochNanos, reports);
        }
        return scan;
    }

    /** At the end of the input: a scan that was found and waits to be reported; call until there is none, null. */
    public DistributedScan atEnd() {
        ports.endWaiting(lastNanos);
        hosts.endWaiting(lastNanos);
        neighbours.endWaiting(lastNanos);
        return due(lastNanos);
    }

    private long network() {
        int bits = contact.family == AddressFamily.IPV4 ? NETWORK_BITS_OF_IPV4 : NETWORK_BITS_OF_IPV6;
        return PrefixMask.hi(contact.family, contact.sourceHi, bits)
                | PrefixMask.lo(contact.family, contact.sourceLo, bits);
    }
}
