package org.edgesentry.netty.daemon;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.deny.HostsDeny;
import org.edgesentry.actions.firewall.FirewallWatch;
import org.edgesentry.actions.history.Portsentry1Format;
import org.edgesentry.actions.history.Portsentry2Format;
import org.edgesentry.actions.history.ReportFormat;
import org.edgesentry.actions.notify.Notifier;
import org.edgesentry.actions.respond.Rehearsal;
import org.edgesentry.actions.respond.ScanResponder;
import org.edgesentry.actions.respond.Surroundings;
import org.edgesentry.core.classify.ClassifyHandler;
import org.edgesentry.core.classify.OwnSockets;
import org.edgesentry.core.classify.UsedPorts;
import org.edgesentry.core.command.CommandOutcome;
import org.edgesentry.core.config.PipelineLayout;
import org.edgesentry.core.config.Reload;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.dispatch.DispatchHandler;
import org.edgesentry.core.host.HostStateHandler;
import org.edgesentry.core.ignore.IgnoreHandler;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.metrics.ProbeTimes;
import org.edgesentry.core.pipeline.ActionRing;
import org.edgesentry.core.pipeline.OutcomePublisher;
import org.edgesentry.core.pipeline.ProbePipeline;
import org.edgesentry.core.pipeline.Ticker;
import org.edgesentry.core.time.AnchoredClock;
import org.edgesentry.core.time.ClockSteps;
import org.edgesentry.core.time.SystemWallClock;
import org.edgesentry.core.time.WallClock;
import org.edgesentry.netty.host.HostWatch;
import org.edgesentry.netty.host.RulesetWatch;
import org.edgesentry.netty.host.sockets.OwnServices;
import org.edgesentry.netty.log.CountedDiscard;
import org.edgesentry.netty.metrics.MetricsReadings;
import org.edgesentry.netty.system.ThreadPolicy;

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
    private final DaemonOperator operator;
    private final WallClock clock = new SystemWallClock();
    private final AnchoredClock probeClock = new AnchoredClock();
    private final ProbeTimes times = new ProbeTimes(probeClock);
    private final ProbeCounters counters = new ProbeCounters();
    private final ActionRing actions = new ActionRing(Limits.ACTION_RING_SLOTS, counters);
    private final ProbePipeline pipeline = new ProbePipeline(Limits.PROBE_RING_SLOTS, counters, times);
    private final Ticker ticker = new Ticker(pipeline.publisher(), probeClock);
    private final UsedPorts used = new UsedPorts();
    private final FirewallGate gate = new FirewallGate();
    private final ProtectionNotice notice = new ProtectionNotice(clock, facts -> facts.announce(LOG));
    private InstanceLock lock;
    private RulesetWatch rulesetWatch;
    private LedgerOpening ledger;
    private OwnServices services;
    private Sensors sensors;
    private StatusReport report;
    private volatile Watch watch;
    private volatile HostFacts host;
    private ControlDoor control;
    private Optional<MetricsDoor> metrics = Optional.empty();
    private Notifier notifier;
    private HostStateHandler hostState;
    private ScanResponder responder;
    private CaptureScope scope;
    private RulesInForce rules;
    private HostWatch hostWatch;
    private ProbeRehearsal rehearsal;

    SentryDaemon(ConfigurationFile configuration, RunOptions options, ReloadRequests reloads) {
        this.configuration = configuration;
        this.options = options;
        this.operator = new DaemonOperator(pipeline.publisher(), clock, reloads);
    }

    /** Starts everything; what goes wrong is told by the exception, and nothing is left behind. */
    void start() throws StartFailure {
        try {
            startParts();
        } catch (StartFailure e) {
            if (control != null) {
                control.close();
            }
            throw e;
        }
    }

    private void startParts() throws StartFailure {
        ThreadPolicy.shortSlices();
        LOG.info("Edge Sentry {} starts with {}", Version.text(), configuration.path());
        warnOfKeysWithoutEffect(configuration);
        watch = Watch.of(configuration.settings(), configuration.ignored(), options.modes());
        watch.warnIfNobodyCanBeBlocked(LOG);
        lock = InstanceLock.acquire(watch.settings().service().controlSocket());
        control = new ControlDoor(watch.settings().service().controlSocket(), operator, clock);
        ledger = new LedgerOpening(watch.settings().files().stateDirectory(), clock);
        host = HostFacts.read(LOG);
        notice.take(host);
        scope = new CaptureScope(options, watch, host);
        services = openServices();
        watch.plan().announce(services.now(), options.modes(), LOG);
        sensors = openSensors();
        sayFailures();
        rules = new RulesInForce(options, watch, host, pipeline.publisher(), clock);
        warnIfNotOffloaded();
        responder = openResponder();
        startPipeline();
        sensors.start();
        follow();
        openToOperator();
        LOG.info("Edge Sentry is now active and listening: {} mode, {}, {} TCP and {} UDP traps", options.modes(),
                sensors.describe(), watch.plan().tcp(), watch.plan().udp());
        rehearse();
    }

    /** Behind the line that says that all is ready: nobody waits for it. */
    private void rehearse() {
        if (sensors.capture().isPresent()) {
            Optional<Rehearsal> responses = Optional.of(watch.settings().response())
                    .filter(Settings.Response::blocks)
                    .map(response -> new Rehearsal(gate.firewall().understudy(), format(ZoneId.systemDefault()),
                            rules.rules().responses()));
            rehearsal = new ProbeRehearsal(rules.rules(), layout(watch.settings()), host.view().own(), probeClock,
                    counters::probes, responses);
            rehearsal.start();
        }
    }

    private void warnIfNotOffloaded() {
        rules.rules().offload().warnIfImpossible(watch.settings().blocking(), LOG);
    }

    private void sayFailures() {
        sensors.failures().forEach(failure -> LOG.warn("Not a trap: {}", failure));
    }

    private static void warnOfKeysWithoutEffect(ConfigurationFile configuration) {
        if (!configuration.notActedOn().isEmpty()) {
            LOG.warn("Set in {} but without effect in this version: {}", configuration.path(),
                    String.join(", ", configuration.notActedOn()));
        }
    }

    /** Without this the clients of our own services would be scanners, so there is no going on without. */
    private OwnServices openServices() throws StartFailure {
        try {
            return OwnServices.open(used, clock);
        } catch (IOException e) {
            lock.close();
            throw new StartFailure(StartFailure.COULD_NOT_WORK, "own services cannot be told from traps: "
                    + e.getMessage());
        }
    }

    private Sensors openSensors() throws StartFailure {
        try {
            return Sensors.open(options, scope.filter(), watch.plan(), watch.settings().traps(), pipeline, clock);
        } catch (StartFailure e) {
            services.close();
            lock.close();
            throw e;
        }
    }

    private ScanResponder openResponder() throws StartFailure {
        Settings settings = watch.settings();
        ZoneId zone = ZoneId.systemDefault();
        try {
            gate.take(settings, sensors.descriptors());
            notifier = new Notifier(settings.notification(), clock);
            return ScanResponder.open(settings, () -> rules.rules().responses(),
                    new Surroundings(gate.firewall(), firewallWatch(), ledger.ledger(),
                            new OutcomePublisher(pipeline.publisher(), clock), actions.wakeUp(clock), format(zone),
                            zone, HostsDeny.SYSTEM, clock, new ClockSteps(),
                            BootMark.isNew(settings.files().stateDirectory()), notifier));
        } catch (IOException | StartFailure e) {
            gate.firewall().close();
            throw failure(e.getMessage());
        }
    }

    private FirewallWatch firewallWatch() {
        try {
            rulesetWatch = new RulesetWatch();
            return rulesetWatch;
        } catch (IOException e) {
            LOG.warn("Changes of the firewall are noticed a few seconds late: {}", e.getMessage());
            return FirewallWatch.BLIND;
        }
    }

    private ReportFormat format(ZoneId zone) {
        return options.modes().isClassic() ? new Portsentry1Format(zone) : new Portsentry2Format(zone);
    }

    private StartFailure failure(String line) {
        sensors.close();
        services.close();
        lock.close();
        return new StartFailure(StartFailure.COULD_NOT_WORK, line);
    }

    private void startPipeline() {
        hostState = new HostStateHandler(() -> rules.rules().hosts(), pipeline.publisher());
        actions.start(responder);
        pipeline.start(layout(watch.settings()), List.of(
                new ClassifyHandler(() -> rules.rules().watched(),
                        options.checksServices() ? services.lookup() : OwnSockets.NONE, used),
                new IgnoreHandler(() -> rules.rules().leftAlone()),
                hostState,
                new DispatchHandler(counters, actions.publisher(), options.talkative())));
        ticker.start();
        report = new StatusReport(counters, sensors, services, hostState, responder, notice);
        report.start();
    }

    private void openToOperator() throws StartFailure {
        long startedNanos = clock.epochNanos();
        try {
            control.await();
            openMetrics(startedNanos);
        } catch (StartFailure e) {
            stop();
            throw e;
        }
        LiveStatus status = new LiveStatus(configuration.path(), options, startedNanos, sensors, counters,
                times, hostState, responder, control.counters(), gate, () -> watch, () -> host, clock);
        operator.ready(status::view);
    }

    /** Without METRICS_LISTEN none of its classes is loaded. */
    private void openMetrics(long startedNanos) throws StartFailure {
        Optional<Settings.HostPort> listen = watch.settings().service().metricsListen();
        if (listen.isPresent()) {
            metrics = Optional.of(MetricsDoor.open(listen.get(), new MetricsReadings(Version.text(), startedNanos,
                    counters, times, pipeline, actions, hostState, responder, notifier.counters(), control.counters(),
                    () -> sensors.statistics().droppedByKernel(), services::lookupsLeftOut,
                    CountedDiscard::count), clock));
        }
    }

    /** From now on what changes on the host reaches the rules and the capture. */
    private void follow() {
        sensors.capture().ifPresent(scope::follow);
        services.follow(scope::take);
        hostWatch = HostWatch.start(host.view(), clock, view -> take(host.with(view)));
    }

    private void take(HostFacts newer) {
        notice.take(newer);
        host = newer;
        rules.take(newer);
        scope.take(newer);
    }

    private static PipelineLayout layout(Settings settings) {
        Optional<PipelineLayout> asked = settings.service().pipeline();
        int cores = Runtime.getRuntime().availableProcessors();
        return asked.orElse(cores < CORES_FOR_STAGES ? PipelineLayout.FUSED : PipelineLayout.STAGED);
    }

    /**
     * Reads configuration and ignore list anew. What is faulty is said and changes nothing; what needs a new start is
     * said and left. Thread: main.
     *
     * @return the same for whoever asked for it
     */
    CommandOutcome reload() {
        try {
            ConfigurationFile newer = configuration.readAgain();
            Reload reload = Reload.of(watch.settings(), newer.settings());
            take(Watch.of(reload.settings(), newer.ignored(), options.modes()));
            return CommandOutcome.done(sayReloaded(newer, reload));
        } catch (StartFailure e) {
            e.lines().forEach(line -> LOG.error("{}", line));
            LOG.error("Nothing was reloaded; the settings and the ignore list in force stay");
            return CommandOutcome.refused("nothing was reloaded: " + String.join("; ", e.lines()));
        } catch (RuntimeException e) {
            LOG.error("The reload failed, which should not happen; restart to be sure of the settings", e);
            return CommandOutcome.refused("the reload failed, which should not happen; the log says more");
        }
    }

    private void take(Watch newer) throws StartFailure {
        sensors.take(newer.plan());
        try {
            gate.take(newer.settings(), sensors.descriptors());
        } catch (StartFailure e) {
            sensors.take(watch.plan());
            throw e;
        }
        sayFailures();
        watch = newer;
        rules.take(newer);
        scope.take(newer);
    }

    private String sayReloaded(ConfigurationFile newer, Reload reload) {
        warnOfKeysWithoutEffect(newer);
        warnIfNotOffloaded();
        watch.warnIfNobodyCanBeBlocked(LOG);
        String text = "Reloaded " + configuration.path() + ": " + watch.plan().tcp() + " TCP and " + watch.plan().udp()
                + " UDP traps, " + watch.ignored().size() + " entries of the ignore file";
        LOG.info("{}", text);
        if (reload.needRestart().isEmpty()) {
            return text;
        }
        String later = "Changed, but not before the next start: " + String.join(", ", reload.needRestart());
        LOG.warn("{}", later);
        return text + ". " + later;
    }

    /** Stops within two seconds: no more probes, then what is in the rings, then the closing lines. */
    void stop() {
        control.close();
        if (rehearsal != null) {
            rehearsal.stop();
        }
        if (metrics.isPresent()) {
            metrics.get().close();
        }
        hostWatch.close();
        sensors.close();
        ticker.close();
        report.close();
        boolean complete = pipeline.stop(PIPELINE_STOP) & actions.stop(ACTIONS_STOP);
        if (!complete) {
            LOG.warn("The stop took too long; the last reports or blocks may be missing");
        }
        report.sayTotals();
        services.close();
        if (rulesetWatch != null) {
            rulesetWatch.close();
        }
        lock.close();
    }
}
