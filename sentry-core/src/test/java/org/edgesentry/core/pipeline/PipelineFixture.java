package org.edgesentry.core.pipeline;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.edgesentry.core.action.ActionPublisher;
import org.edgesentry.core.classify.ClassifyHandler;
import org.edgesentry.core.classify.OwnSockets;
import org.edgesentry.core.classify.SparingLookup;
import org.edgesentry.core.classify.UsedPorts;
import org.edgesentry.core.classify.WatchedNet;
import org.edgesentry.core.config.BlockMethod;
import org.edgesentry.core.config.ResponseMode;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.config.Switch;
import org.edgesentry.core.dispatch.DispatchHandler;
import org.edgesentry.core.host.BlockPolicy;
import org.edgesentry.core.host.HostKey;
import org.edgesentry.core.host.HostRules;
import org.edgesentry.core.host.HostStateHandler;
import org.edgesentry.core.host.ScanRules;
import org.edgesentry.core.ignore.IgnoreHandler;
import org.edgesentry.core.ignore.LeftAlone;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.net.PrefixMap;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.ProbePublisher;

/** The four handlers as the daemon lays them out, for tests of the whole pipeline. */
final class PipelineFixture {

    static final List<Cidr> OWN = List.of(CidrParser.parse("192.0.2.1"), CidrParser.parse("2001:db8::1"));

    private PipelineFixture() {
    }

    static List<ProbeHandler> handlers(ProbeCounters counters, ProbePublisher toSelf, ActionPublisher actions) {
        PrefixMap own = PrefixMap.of(OWN);
        WatchedNet watched = new WatchedNet(own, own, PrefixMap.of(List.of()), range(1, 1_024), range(1, 1_024),
                range(32_768, 60_999));
        Settings.Response response = new Settings.Response(ResponseMode.BLOCK, ResponseMode.LOG, Optional.empty(),
                Optional.empty(), Optional.empty(), false);
        Settings.Blocking blocking = new Settings.Blocking(BlockMethod.AUTO, Duration.ofHours(1), 2,
                Duration.ofDays(7), 64, 1_000, 1_000, false, Switch.AUTO, true, false);
        LeftAlone leftAlone = new LeftAlone(PrefixMap.of(List.of(CidrParser.parse("203.0.113.0/24"))), own, false);
        HostRules rules = new HostRules(new HostKey(64, OWN), new ScanRules(3, Duration.ofDays(1).toNanos()),
                new BlockPolicy(response, blocking, own), blocking.ratePerSecond());
        OwnSockets sockets = new SparingLookup(OwnSockets.NONE, OwnSockets.NONE);
        return List.of(new ClassifyHandler(() -> watched, sockets, new UsedPorts()),
                new IgnoreHandler(() -> leftAlone),
                new HostStateHandler(() -> rules, toSelf),
                new DispatchHandler(counters, actions, false));
    }

    private static PortSet range(int from, int to) {
        BitSet bits = new BitSet();
        bits.set(from, to + 1);
        return PortSet.of(bits);
    }
}
