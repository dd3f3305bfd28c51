package org.edgesentry.netty.replay;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.edgesentry.core.classify.ClassifyHandler;
import org.edgesentry.core.classify.OwnSockets;
import org.edgesentry.core.classify.UsedPorts;
import org.edgesentry.core.classify.WatchedNet;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.dispatch.DispatchHandler;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.host.BlockPolicy;
import org.edgesentry.core.host.HostKey;
import org.edgesentry.core.host.HostRules;
import org.edgesentry.core.host.HostStateHandler;
import org.edgesentry.core.host.ScanRules;
import org.edgesentry.core.ignore.IgnoreHandler;
import org.edgesentry.core.ignore.LeftAlone;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.net.PrefixMap;
import org.edgesentry.core.pipeline.InlinePipeline;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.Verdict;
import org.edgesentry.netty.replay.report.ReplayReport;

/**
 * The four handlers of the daemon, put together for packets of a file: no own addresses and sockets, home as it was
 * given, fixed keys, and a report where the actions would be.
 *
 * <p>Thread: the replay's.
 */
public final class ReplayPipeline {

    /** Nobody can aim at buckets of a process that is over before they see its output; the same output counts more. */
    static final long KEY_0 = 0x6564676573656e74L;
    static final long KEY_1 = 0x72792d7265706c61L;

    /** What Linux gives to outgoing connections unless told otherwise (net.ipv4.ip_local_port_range). */
    private static final PortSet EPHEMERAL = PortSet.range(32_768, 60_999);
    /** Longer prefixes have none (RFC 3021). */
    private static final int LONGEST_WITH_BROADCAST = 30;
    private static final PrefixMap NOBODY = PrefixMap.of(List.of());

    private final ProbeCounters counters = new ProbeCounters();
    private final InlinePipeline pipeline = new InlinePipeline(counters);
    private final Findings findings;
    private final HomeTraffic traffic;

    /**
     * A pipeline, ready to run.
     *
     * @param settings traps, trigger and window; what they say of responses has no effect
     * @param ignored networks that are left alone
     * @param home networks that the sensor protects
     * @param report where verdicts go
     */
    public ReplayPipeline(Settings settings, List<Cidr> ignored, List<Cidr> home, ReplayReport report) {
        SipHash hash = new SipHash(KEY_0, KEY_1);
        PrefixMap homeMap = PrefixMap.of(home);
        WatchedNet watched = new WatchedNet(homeMap, NOBODY, broadcast(home), settings.traps().tcpPorts(),
                settings.traps().udpPorts(), EPHEMERAL);
        LeftAlone leftAlone = new LeftAlone(PrefixMap.of(ignored), homeMap, false);
        HostRules hosts = hosts(settings, ignored, home);
        findings = new Findings(report, hash);
        traffic = new HomeTraffic(homeMap, hash);
        pipeline.start(List.of(
                new ClassifyHandler(() -> watched, OwnSockets.NONE, new UsedPorts(), hash),
                new IgnoreHandler(() -> leftAlone),
                new HostStateHandler(() -> hosts, hash, pipeline.publisher()),
                new DispatchHandler(counters, findings, false),
                traffic));
    }

    /** The last address of each IPv4 network, which stands for all of it (RFC 919). */
    private static PrefixMap broadcast(List<Cidr> home) {
        return PrefixMap.of(home.stream()
                .filter(network -> network.family() == AddressFamily.IPV4
                        && network.prefixLength() <= LONGEST_WITH_BROADCAST)
                .map(network -> new Cidr(AddressFamily.IPV4, 0,
                        network.lo() | (1L << 32 - network.prefixLength()) - 1, 32)).distinct().toList());
    }

    private static HostRules hosts(Settings settings, List<Cidr> ignored, List<Cidr> home) {
        BlockPolicy policy = new BlockPolicy(settings.response(), settings.blocking(), PrefixMap.of(home));
        List<Cidr> spared = Stream.concat(home.stream(), ignored.stream()).toList();
        return new HostRules(new HostKey(settings.blocking().ipv6HostPrefix(settings.response()), spared),
                ScanRules.of(settings.detection()), policy, settings.blocking().ratePerSecond());
    }

    /** The way in, for the one source. */
    ProbePublisher source() {
        return pipeline.publisher();
    }

    HomeTraffic traffic() {
        return traffic;
    }

    /** Distinct sources that reached SCAN_TRIGGER on traps, whatever else is known of them. */
    long trapped() {
        return findings.trapped();
    }

    /** Distinct sources that were named. */
    long scans() {
        return findings.scans();
    }

    /** Packets by what was made of them, without zeros. */
    Map<Verdict, Long> verdicts() {
        Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            long packets = counters.probes(ProbeSource.REPLAY, verdict);
            if (packets > 0) {
                counts.put(verdict, packets);
            }
        }
        return counts;
    }

    /** What went wrong inside, if anything did: a fault of ours. */
    public Optional<String> failure() {
        return pipeline.firstFailure().map(cause -> pipeline.failures() + " packets were not judged, which should not"
                + " happen; please report it: " + cause + place(cause)).or(this::loss);
    }

    private Optional<String> loss() {
        return counters.messagesLost() == 0 ? Optional.empty()
                : Optional.of(counters.messagesLost() + " messages inside the pipeline were lost; please report it");
    }

    private static String place(RuntimeException cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }
}
