package org.edgesentry.core.pipeline;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionPublisher;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.classify.ClassifyHandler;
import org.edgesentry.core.classify.OwnSockets;
import org.edgesentry.core.classify.UsedPorts;
import org.edgesentry.core.classify.WatchedNet;
import org.edgesentry.core.config.ConfigParser;
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
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.net.PrefixMap;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.Probes;

/** All four handlers at their full size, fed by the million; allocates nothing a packet itself. */
final class FloodSensor implements ActionPublisher {

    private static final long HOME = CidrParser.parse("192.0.2.1").lo();
    private static final PortSet TRAPS = PortSet.range(1, 1_024);
    private static final long GAP_NANOS = 1_000;

    private final Set<Long> named = new HashSet<>();
    private final InlinePipeline pipeline = new InlinePipeline(new ProbeCounters());
    private final ProbePublisher publisher = pipeline.publisher();
    private final ActionRequest request = new ActionRequest();
    private long nowNanos = Probes.NOON;

    /** Of traps on this host, or of a network behind it. */
    FloodSensor(boolean network) {
        PrefixMap home = map("192.0.2.0/24");
        WatchedNet watched = new WatchedNet(home, network ? map() : home, map("192.0.2.255"), TRAPS, TRAPS,
                PortSet.EMPTY);
        Settings settings = ConfigParser.parse("portsentry.conf", new byte[0]).settings().orElseThrow();
        HostRules rules = new HostRules(new HostKey(64, List.of()), ScanRules.of(settings.detection()),
                new BlockPolicy(settings.response(), settings.blocking(), map()), 1_000);
        SipHash hash = new SipHash(1, 2);
        pipeline.start(List.of(new ClassifyHandler(() -> watched, OwnSockets.NONE, new UsedPorts(), hash),
                new IgnoreHandler(() -> new LeftAlone(map(), map(), false)),
                new HostStateHandler(() -> rules, hash, pipeline.publisher()),
                new DispatchHandler(new ProbeCounters(), this, false)));
    }

    private static PrefixMap map(String... prefixes) {
        return PrefixMap.of(Stream.of(prefixes).map(CidrParser::parse).toList());
    }

    /** A microsecond later, a SYN to one home host. */
    void syn(long sourceLo, int port) {
        nowNanos += GAP_NANOS;
        ProbeEvent event = publisher.begin();
        event.seenBy = ProbeSource.REPLAY;
        event.epochNanos = nowNanos;
        event.family = AddressFamily.IPV4;
        event.sourceLo = sourceLo;
        event.destinationLo = HOME;
        event.protocol = IpProtocol.TCP;
        event.sourcePort = 40_000;
        event.destinationPort = port;
        event.tcpFlags = TcpFlags.SYN;
        event.payloadLength = 0;
        event.ttl = 57;
        event.identity = (int) (nowNanos / GAP_NANOS);
        publisher.publish();
    }

    /** No more packets come. */
    void end() {
        ProbeEvent event = publisher.begin();
        event.kind = EventKind.END_OF_INPUT;
        event.seenBy = ProbeSource.COMMAND;
        event.epochNanos = nowNanos;
        publisher.publish();
    }

    /** Sources that were judged to scan. */
    Set<Long> named() {
        return named;
    }

    long failures() {
        return pipeline.failures();
    }

    @Override
    public ActionRequest begin() {
        return request;
    }

    @Override
    public boolean publish() {
        if (request.kind == ActionKind.SCAN) {
            named.add(request.scan.sourceLo);
        }
        return true;
    }
}
