package org.edgesentry.bench;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.edgesentry.core.action.ActionPublisher;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.classify.ClassifyHandler;
import org.edgesentry.core.classify.OwnSockets;
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
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.ProbePublisher;

/**
 * The sensor of all benchmarks: 192.0.2.1 with a thousand TCP traps and one ignored network, blocking from the first
 * probe on, and actions that only count. Thread: that of its pipeline.
 */
final class EdgeHost {

    final ProbeCounters counters = new ProbeCounters();
    final CountingActions actions = new CountingActions();

    /** The four handlers as the daemon makes them; {@code toSelf} leads back into their ring. */
    List<ProbeHandler> handlers(ProbePublisher toSelf) {
        List<Cidr> own = List.of(CidrParser.parse("192.0.2.1"));
        PrefixMap home = PrefixMap.of(own);
        Settings.Response response = new Settings.Response(ResponseMode.BLOCK, ResponseMode.LOG, Optional.empty(),
                Optional.empty(), Optional.empty(), false);
        Settings.Blocking blocking = new Settings.Blocking(BlockMethod.AUTO, Duration.ofHours(1), 2,
                Duration.ofDays(7), 64, 1_000, 200_000, false, Switch.AUTO, true, false);
        WatchedNet watched = new WatchedNet(home, home, PrefixMap.of(List.of()), ports(1, 1_024),
                ports(1, 1_024), ports(32_768, 60_999));
        LeftAlone leftAlone = new LeftAlone(PrefixMap.of(List.of(CidrParser.parse("203.0.113.0/24"))), home, false);
        HostRules rules = new HostRules(new HostKey(64, own), new ScanRules(0, Duration.ofDays(1).toNanos()),
                new BlockPolicy(response, blocking, home), blocking.ratePerSecond());
        return List.of(new ClassifyHandler(() -> watched, OwnSockets.NONE, new UsedPorts()),
                new IgnoreHandler(() -> leftAlone),
                new HostStateHandler(() -> rules, toSelf),
                new DispatchHandler(counters, actions, false));
    }

    /** The four handlers without a ring: no tick comes, so they never send themselves anything. */
    List<ProbeHandler> handlersWithoutRing() {
        return handlers(new NoRing());
    }

    private static PortSet ports(int from, int to) {
        BitSet bits = new BitSet();
        bits.set(from, to + 1);
        return PortSet.of(bits);
    }

    /** Counts what it is asked for. */
    static final class CountingActions implements ActionPublisher {

        private final ActionRequest request = new ActionRequest();
        private long count;

        @Override
        public ActionRequest begin() {
            return request;
        }

        @Override
        public boolean publish() {
            count++;
            return true;
        }

        long count() {
            return count;
        }
    }

    private static final class NoRing implements ProbePublisher {

        @Override
        public ProbeEvent begin() {
            throw new IllegalStateException("there is no ring to publish to");
        }

        @Override
        public boolean publish() {
            throw new IllegalStateException("there is no ring to publish to");
        }
    }
}
