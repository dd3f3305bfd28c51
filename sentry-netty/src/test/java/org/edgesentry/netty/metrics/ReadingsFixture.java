package org.edgesentry.netty.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.edgesentry.actions.firewall.FirewallWatch;
import org.edgesentry.actions.firewall.NoFirewall;
import org.edgesentry.actions.history.Portsentry2Format;
import org.edgesentry.actions.notify.NotifyCounters;
import org.edgesentry.actions.notify.Notifier;
import org.edgesentry.actions.respond.ResponseRules;
import org.edgesentry.actions.respond.ScanResponder;
import org.edgesentry.actions.respond.Surroundings;
import org.edgesentry.core.action.BlockOutcomes;
import org.edgesentry.core.config.ConfigParser;
import org.edgesentry.core.config.Modes;
import org.edgesentry.core.config.PipelineLayout;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.host.BlockPolicy;
import org.edgesentry.core.host.HostKey;
import org.edgesentry.core.host.HostRules;
import org.edgesentry.core.host.HostStateHandler;
import org.edgesentry.core.host.ScanRules;
import org.edgesentry.core.ledger.BlockLedger;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.metrics.ProbeTimes;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PrefixMap;
import org.edgesentry.core.pipeline.ActionRing;
import org.edgesentry.core.pipeline.ProbePipeline;
import org.edgesentry.core.time.ClockSteps;
import org.edgesentry.netty.control.ControlCounters;

/** What a page is made from: the daemon's own parts, blocking nobody. Thread: the test's. */
final class ReadingsFixture implements BlockOutcomes, AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    final ProbeCounters probes = new ProbeCounters();
    final ProbeTimes times = new ProbeTimes(() -> 5_000_000);
    final ProbePipeline pipeline = new ProbePipeline(64, probes, times);
    private final ActionRing actions = new ActionRing(32, probes);
    private final MetricsReadings readings;

    ReadingsFixture(PipelineLayout layout) throws IOException {
        Settings settings = ConfigParser.parse("test", "TCP_PORTS=\"11\"\nBLOCKED_FILE=\"\"\nHISTORY_FILE=\"\"\n"
                .getBytes(StandardCharsets.US_ASCII)).settings().orElseThrow();
        ScanResponder responder = ScanResponder.open(settings,
                () -> new ResponseRules(settings.response(), settings.blocking(), Modes.STEALTH, List.of(),
                        settings.notification(), Optional.empty()),
                new Surroundings(new NoFirewall(), FirewallWatch.BLIND, BlockLedger.NONE, this, () -> { },
                        new Portsentry2Format(ZoneOffset.UTC), ZoneOffset.UTC, Path.of("/nonexistent/hosts.deny"),
                        () -> 0, new ClockSteps(() -> 0, () -> 0), false,
                        new Notifier(settings.notification(), () -> 0)));
        actions.start(responder);
        HostStateHandler hosts = new HostStateHandler(() -> new HostRules(new HostKey(64, List.of()),
                new ScanRules(0, 1), new BlockPolicy(settings.response(), settings.blocking(),
                PrefixMap.of(List.of())), 1_000), pipeline.publisher());
        pipeline.start(layout, List.of(event -> { }, event -> { }, event -> { }, event -> { }));
        readings = new MetricsReadings("1.2.3", 86_400_000_000_000L, probes, times, pipeline, actions, hosts,
                responder, new NotifyCounters(), new ControlCounters(), () -> 7, () -> 8, () -> 9);
    }

    MetricsReadings readings() {
        return readings;
    }

    @Override
    public void blocked(Cidr target, long untilEpochNanos) {
    }

    @Override
    public void failed(Cidr target) {
    }

    @Override
    public void ended(Cidr target) {
    }

    @Override
    public void close() {
        pipeline.stop(LIMIT);
        actions.stop(LIMIT);
    }
}
