package org.edgesentry.netty.daemon;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.actions.firewall.FirewallSelector;
import org.edgesentry.actions.firewall.FirewallSelector.Selection;
import org.edgesentry.actions.firewall.NoFirewall;
import org.edgesentry.actions.history.Portsentry2Format;
import org.edgesentry.actions.respond.ScanResponder;
import org.edgesentry.core.classify.ClassifyHandler;
import org.edgesentry.core.classify.WatchedNet;
import org.edgesentry.core.config.PipelineLayout;
import org.edgesentry.core.config.ResponseMode;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.dispatch.DispatchHandler;
import org.edgesentry.core.host.BlockPolicy;
import org.edgesentry.core.host.HostKey;
import org.edgesentry.core.host.HostStateHandler;
import org.edgesentry.core.host.ScanRules;
import org.edgesentry.core.ignore.IgnoreHandler;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PrefixMap;
import org.edgesentry.core.pipeline.ActionRing;
import org.edgesentry.core.pipeline.OutcomePublisher;
import org.edgesentry.core.pipeline.ProbePipeline;
import org.edgesentry.core.pipeline.Ticker;
import org.edgesentry.core.time.SystemWallClock;
import org.edgesentry.core.time.WallClock;

/**
 * The composition root: puts sensors, pipeline and actions together, starts them from the far end so that nothing is
 * sent where nobody listens yet, and stops them from the near end so that what was seen is still dealt with.
 *
 * <p>Thread: start and stop once each, from any thread.
 */
final class SentryDaemon {

    private static final Logger LOG = LogManager.getLogger(SentryDaemon.class);
    /** Two seconds for a clean stop, of which the firewall and the disk get the larger part. */
    private static final Duration PIPELINE_STOP = Duration.ofMillis(600);
    private static final Duration ACTIONS_STOP = Duration.ofMillis(900);
    private static final int CORES_FOR_STAGES = 6;

    private final ConfigurationFile configuration;
    private final RunOptions options;
    private final WallClock clock = new SystemWallClock();
    private final ProbeCounters counters = new ProbeCounters();
    private final ActionRing actions = new ActionRing(Limits.ACTION_RING_SLOTS, counters);
    private final ProbePipeline pipeline = new ProbePipeline(Limits.PROBE_RING_SLOTS, counters);
    private final Ticker ticker = new Ticker(pipeline.publisher(), clock);
    private InstanceLock lock;
    private Sensors sensors;
    private StatusReport report;

    SentryDaemon(ConfigurationFile configuration, RunOptions options) {
        this.configuration = configuration;
        this.options = options;
    }

    /** Starts everything; what goes wrong is told by the exception, and nothing is left behind. */
    void start() throws StartFailure {
        Settings settings = configuration.settings();
        LOG.info("Edge Sentry {} starts with {}", Version.text(), configuration.path());
        warnOfKeysWithoutEffect();
        List<Cidr> ignored = configuration.ignored();
        lock = InstanceLock.acquire(settings.service().controlSocket());
        HostFacts host = HostFacts.read();
        host.announce(LOG);
        TrapPlan plan = TrapPlan.of(settings.traps(), options.modes(), host.open());
        plan.announce(LOG);
        sensors = openSensors(settings, plan);
        sensors.failures().forEach(failure -> LOG.warn("Not a trap: {}", failure));
        ScanResponder responder = openResponder(settings);
        startPipeline(settings, host, plan, ignored, responder);
        sensors.start();
        LOG.info("Edge Sentry is now active and listening: {} mode, {}, {} TCP and {} UDP traps", options.modes(),
                sensors.describe(), plan.tcp().size(), plan.udp().size());
    }

    private void warnOfKeysWithoutEffect() {
        if (!configuration.notActedOn().isEmpty()) {
            LOG.warn("Set in {} but without effect in this version: {}", configuration.path(),
                    String.join(", ", configuration.notActedOn()));
        }
    }

    private Sensors openSensors(Settings settings, TrapPlan plan) throws StartFailure {
        return options.modes().captures()
                ? Sensors.capture(options, plan.tcp(), plan.udp(), pipeline::publisher)
                : Sensors.traps(settings.traps(), plan.tcp(), plan.udp(), pipeline.publisher(), clock);
    }

    private ScanResponder openResponder(Settings settings) throws StartFailure {
        Firewall firewall = openFirewall(settings);
        ZoneId zone = ZoneId.systemDefault();
        try {
            return ScanResponder.open(settings, firewall, new OutcomePublisher(pipeline.publisher(), clock),
                    new Portsentry2Format(zone), zone);
        } catch (IOException e) {
            firewall.close();
            throw failure(e.getMessage());
        }
    }

    private Firewall openFirewall(Settings settings) throws StartFailure {
        boolean blocks = settings.response().tcp() == ResponseMode.BLOCK
                || settings.response().udp() == ResponseMode.BLOCK;
        if (!blocks) {
            LOG.info("Scans are logged only: neither BLOCK_TCP nor BLOCK_UDP is 1");
            return new NoFirewall();
        }
        try {
            Selection selection = FirewallSelector.select(settings.blocking(), settings.response(),
                    options.modes().of(IpProtocol.TCP).text(), sensors.descriptors());
            selection.announce(LOG);
            return selection.firewall();
        } catch (FirewallException e) {
            throw failure(e.getMessage());
        }
    }

    private StartFailure failure(String line) {
        sensors.close();
        lock.close();
        return new StartFailure(StartFailure.COULD_NOT_WORK, line);
    }

    private void startPipeline(Settings settings, HostFacts host, TrapPlan plan, List<Cidr> ignored,
                               ScanResponder responder) {
        HostStateHandler hostState = hostState(settings, host);
        actions.start(responder);
        pipeline.start(layout(settings), List.of(
                new ClassifyHandler(new WatchedNet(home(settings, host), plan.tcp(), plan.udp(), host.ephemeral())),
                new IgnoreHandler(PrefixMap.of(ignored), PrefixMap.of(host.nobodyElses())),
                hostState,
                new DispatchHandler(counters, actions.publisher())));
        ticker.start();
        report = new StatusReport(counters, sensors, hostState, responder);
        report.start();
    }

    private HostStateHandler hostState(Settings settings, HostFacts host) {
        List<Cidr> neverBlocked = settings.blocking().neverBlockAuto() ? host.neverBlocked() : List.of();
        BlockPolicy policy =
                new BlockPolicy(settings.response(), settings.blocking(), PrefixMap.of(neverBlocked));
        return new HostStateHandler(new HostKey(settings.blocking().ipv6Prefix(), host.neverBlocked()),
                ScanRules.of(settings.detection()), policy, settings.blocking().ratePerSecond(), pipeline.publisher());
    }

    private static PrefixMap home(Settings settings, HostFacts host) {
        List<Cidr> home = new ArrayList<>(host.own());
        home.addAll(settings.detection().homeNet());
        return PrefixMap.of(home);
    }

    private static PipelineLayout layout(Settings settings) {
        Optional<PipelineLayout> asked = settings.service().pipeline();
        int cores = Runtime.getRuntime().availableProcessors();
        return asked.orElse(cores < CORES_FOR_STAGES ? PipelineLayout.FUSED : PipelineLayout.STAGED);
    }

    /** Stops within two seconds: no more probes, then what is in the rings, then the closing lines. */
    void stop() {
        sensors.close();
        ticker.close();
        report.close();
        boolean complete = pipeline.stop(PIPELINE_STOP) & actions.stop(ACTIONS_STOP);
        if (!complete) {
            LOG.warn("The stop took too long; the last reports or blocks may be missing");
        }
        report.sayTotals();
        lock.close();
    }
}
