package org.edgesentry.core.detect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.edgesentry.core.classify.ClassifyHandler;
import org.edgesentry.core.classify.OwnSockets;
import org.edgesentry.core.classify.UsedPorts;
import org.edgesentry.core.classify.WatchedNet;
import org.edgesentry.core.config.ConfigParser;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.host.BlockPolicy;
import org.edgesentry.core.host.HostKey;
import org.edgesentry.core.host.HostRules;
import org.edgesentry.core.host.HostStateHandler;
import org.edgesentry.core.host.ScanRules;
import org.edgesentry.core.ignore.IgnoreHandler;
import org.edgesentry.core.ignore.LeftAlone;
import org.edgesentry.core.net.AddressText;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.net.PrefixMap;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.DistributedScan;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.Probes;
import org.edgesentry.core.probe.ScanVerdict;
import org.edgesentry.core.probe.Verdict;

/**
 * A sensor in front of the network 192.0.2.0/24 (and 2001:db8:1::/48) that sees both directions. Packets go through the
 * real handlers; a test reads the verdicts. Time moves with {@link #pause}.
 */
final class Sensor {

    static final String HOME = "192.0.2.1";
    static final int TRAP = 111;

    final List<ScanVerdict> scans = new ArrayList<>();
    final List<DistributedScan> distributed = new ArrayList<>();
    /** Probes of traps of other hosts, which the pipeline tells itself of. */
    int trapProbes;
    private final Queue<ProbeEvent> toSelf = new ArrayDeque<>();
    private final List<ProbeHandler> handlers;
    private long nowNanos = Probes.NOON;
    private int identity;

    Sensor() {
        PrefixMap home = map("192.0.2.0/24", "2001:db8:1::/48");
        PortSet traps = PortSet.range(TRAP, TRAP);
        WatchedNet watched = new WatchedNet(home, map(), map("192.0.2.255"), traps, traps, PortSet.EMPTY);
        Settings settings = ConfigParser.parse("portsentry.conf", new byte[0]).settings().orElseThrow();
        HostRules rules = new HostRules(new HostKey(64, List.of()), ScanRules.of(settings.detection()),
                new BlockPolicy(settings.response(), settings.blocking(), map()), 1_000);
        SipHash hash = new SipHash(1, 2);
        handlers = List.of(new ClassifyHandler(() -> watched, OwnSockets.NONE, new UsedPorts(), hash),
                new IgnoreHandler(() -> new LeftAlone(map(), map(), false)),
                new HostStateHandler(() -> rules, hash, new SelfPublisher()));
    }

    private static PrefixMap map(String... prefixes) {
        return PrefixMap.of(Stream.of(prefixes).map(CidrParser::parse).toList());
    }

    Sensor pause(double seconds) {
        nowNanos += (long) (seconds * Probes.SECOND);
        return this;
    }

    /** A TCP segment without payload. */
    Verdict tcp(String source, int sourcePort, String destination, int port, int flags) {
        return tcp(source, sourcePort, destination, port, flags, 0);
    }

    Verdict tcp(String source, int sourcePort, String destination, int port, int flags, int payload) {
        ProbeEvent event = packet(source, sourcePort, destination, port, IpProtocol.TCP);
        event.tcpFlags = flags;
        event.payloadLength = payload;
        return take(event);
    }

    Verdict syn(String source, String destination, int port) {
        return tcp(source, 40_000, destination, port, TcpFlags.SYN);
    }

    /** A whole connection in which the client says something. */
    void connection(String client, int clientPort, String server, int port) {
        tcp(client, clientPort, server, port, TcpFlags.SYN);
        tcp(server, port, client, clientPort, TcpFlags.SYN | TcpFlags.ACK);
        tcp(client, clientPort, server, port, TcpFlags.ACK);
        tcp(client, clientPort, server, port, TcpFlags.ACK | TcpFlags.PSH, 80);
        tcp(server, port, client, clientPort, TcpFlags.ACK | TcpFlags.PSH, 400);
        tcp(server, port, client, clientPort, TcpFlags.ACK | TcpFlags.FIN);
        tcp(client, clientPort, server, port, TcpFlags.ACK | TcpFlags.FIN);
    }

    Verdict udp(String source, int sourcePort, String destination, int port) {
        ProbeEvent event = packet(source, sourcePort, destination, port, IpProtocol.UDP);
        event.payloadLength = 40;
        return take(event);
    }

    Verdict icmp(String source, String destination, int type) {
        int protocol = source.indexOf(':') < 0 ? IpProtocol.ICMP : IpProtocol.ICMPV6;
        ProbeEvent event = packet(source, 0, destination, 0, protocol);
        event.messageType = type;
        return take(event);
    }

    /** An ICMP error, code 3, about a packet that its destination has sent. */
    Verdict unreachable(String from, int type, ProbeEvent about) {
        ProbeEvent error = packet(from, 0, AddressText.format(about.family, about.sourceHi, about.sourceLo), 0,
                about.family == 4 ? IpProtocol.ICMP : IpProtocol.ICMPV6);
        error.messageType = type;
        error.messageCode = 3;
        error.quotedProtocol = about.protocol;
        error.quotedHi = about.destinationHi;
        error.quotedLo = about.destinationLo;
        error.quotedSourcePort = about.sourcePort;
        error.quotedDestinationPort = about.destinationPort;
        return take(error);
    }

    /** A packet to be changed by the test before {@link #take}. */
    ProbeEvent packet(String source, int sourcePort, String destination, int port, int protocol) {
        ProbeEvent event = Probes.packet(source, protocol, port, nowNanos);
        event.seenBy = ProbeSource.REPLAY;
        event.destinationHi = CidrParser.parse(destination).hi();
        event.destinationLo = CidrParser.parse(destination).lo();
        event.sourcePort = sourcePort;
        event.identity = identity++;
        event.ttl = 57;
        return event;
    }

    Verdict take(ProbeEvent event) {
        nowNanos += 1_000_000;
        toSelf.add(event);
        while (!toSelf.isEmpty()) {
            handle(toSelf.poll());
        }
        return event.verdict;
    }

    /** No more packets come. */
    Sensor end() {
        ProbeEvent end = new ProbeEvent();
        end.kind = EventKind.END_OF_INPUT;
        end.seenBy = ProbeSource.COMMAND;
        end.epochNanos = nowNanos;
        take(end);
        return this;
    }

    private void handle(ProbeEvent event) {
        handlers.forEach(handler -> handler.handle(event));
        trapProbes += event.kind == EventKind.PROBE && event.seenBy == ProbeSource.COMMAND ? 1 : 0;
        if (event.scan.kinds != 0) {
            ScanVerdict verdict = new ScanVerdict();
            verdict.copyFrom(event.scan);
            scans.removeIf(before -> before.sourceLo == verdict.sourceLo && before.sourceHi == verdict.sourceHi);
            scans.add(verdict);
        }
        if (event.distributed != null) {
            distributed.add(event.distributed);
        }
    }

    private final class SelfPublisher implements ProbePublisher {

        private ProbeEvent pending;

        @Override
        public ProbeEvent begin() {
            pending = new ProbeEvent();
            return pending;
        }

        @Override
        public boolean publish() {
            return toSelf.add(pending);
        }
    }
}
