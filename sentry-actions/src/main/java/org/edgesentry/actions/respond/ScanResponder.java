package org.edgesentry.actions.respond;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.ActionCounters;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.Complaints;
import org.edgesentry.actions.block.BlockedFile;
import org.edgesentry.actions.command.Macros;
import org.edgesentry.actions.deny.HostsDeny;
import org.edgesentry.actions.history.HistoryFile;
import org.edgesentry.actions.names.HostNames;
import org.edgesentry.actions.names.ReverseLookup;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.action.Responder;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.ledger.ActiveBlocks;
import org.edgesentry.core.probe.ScanKind;

/**
 * What is done to a scanner: collects requests while more are waiting, then blocks all of their sources with one
 * transaction, tells the pipeline, and writes history and log. Blocks come first: they are what time is short for.
 * Commands run beside, in a {@link CommandLane}; only the reports of their own hosts wait for them.
 *
 * <p>Thread: action worker only; {@link #counters} and {@link #blocksActive} any. Time is the requests' own.
 */
public final class ScanResponder implements Responder {

    private final Logger log = LogManager.getLogger("edgesentry.alert");
    private final Supplier<ResponseRules> newest;
    private final ActionContext context;
    private final HostNames names;
    private final Optional<BlockedFile> blockedFile;
    private final ScanReporter reporter;
    private final NewsDesk news;
    private final CommandSteps commands;
    private final ResponseDesk desk;
    private final BlockKeeping keeping;
    private final LeftAloneReport leftAlone;
    private final Breakers breakers;
    private final ActionBatch batch = new ActionBatch();
    private Optional<String> hostsDeny = Optional.empty();
    private long lastEpochNanos;

    /**
     * Opens the files that the settings name, and takes up the blocks that a former run has left.
     *
     * @param newest what a reload can change, asked for now and again with each {@link ActionKind#RENEW}
     * @param surroundings what the responder acts on and reports to
     * @throws IOException when the history file cannot be opened; the message is fit for the administrator
     */
    public static ScanResponder open(Settings settings, Supplier<ResponseRules> newest, Surroundings surroundings)
            throws IOException {
        surroundings.firewall().renew(settings.response());
        rehearse(newest.get(), surroundings);
        ScanResponder responder = new ScanResponder(settings, newest, surroundings);
        responder.keeping.begin(surroundings.clock().epochNanos());
        return responder;
    }

    private static void rehearse(ResponseRules rules, Surroundings surroundings) {
        try (Rehearsal rehearsal = new Rehearsal(surroundings.firewall().understudy(), surroundings.format(), rules)) {
            rehearsal.run();
        }
    }

    private ScanResponder(Settings settings, Supplier<ResponseRules> newest, Surroundings surroundings)
            throws IOException {
        ActionCounters counters = new ActionCounters();
        Complaints complaints = new Complaints(log);
        ActiveBlocks blocks = new ActiveBlocks(settings.blocking().max());
        BlockBook book = new BlockBook(blocks, surroundings.ledger(), surroundings.outcomes(), complaints,
                surroundings.notifier()::blocked);
        this.newest = newest;
        this.context = new ActionContext(surroundings.firewall(), book, surroundings.outcomes(), counters, complaints,
                surroundings.notifier()::blocked);
        this.news = new NewsDesk(surroundings.notifier(), blocks);
        Optional<HistoryFile> history = settings.files().history().isPresent()
                ? Optional.of(HistoryFile.open(settings.files().history().get(), counters))
                : Optional.empty();
        this.blockedFile = settings.files().blocked()
                .map(file -> new BlockedFile(file, surroundings.zone(), counters, complaints));
        this.breakers = new Breakers(blocks, counters, log);
        this.leftAlone = new LeftAloneReport(log, settings.files().ignore());
        this.names = settings.detection().resolveHost() ? new ReverseLookup() : HostNames.ADDRESSES;
        ReportWriter writer = new ReportWriter(surroundings.format(), history, log);
        this.reporter = new ScanReporter(blocks, new NamedReports(names, writer), writer, log);
        BlockCommitter committer = new BlockCommitter(context, surroundings.clock());
        HostDenier denier = new HostDenier(new HostsDeny(surroundings.hostsDeny()), counters, complaints);
        this.commands = new CommandSteps(context, committer, surroundings.wakeUp(), reporter::say);
        ResponsePlan plan = plan(newest.get());
        this.desk = new ResponseDesk(context, committer, denier, commands, plan);
        this.keeping = new BlockKeeping(context, surroundings, denier, plan, reporter::say);
    }

    private ResponsePlan plan(ResponseRules rules) {
        Optional<String> template = rules.response().killHostsDeny();
        if (!template.equals(hostsDeny) && template.filter(text -> !Macros.namesTarget(text)).isPresent()) {
            log.warn("KILL_HOSTS_DENY has no effect: without $TARGET$ it would deny others than the scanner");
        }
        hostsDeny = template;
        return new ResponsePlan(rules, context.firewall());
    }

    @Override
    public void respond(ActionRequest request, boolean endOfBatch) {
        lastEpochNanos = request.epochNanos;
        switch (request.kind) {
            case TICK -> {
                commit();
                tick(request);
            }
            case RENEW -> {
                commit();
                renew();
            }
            case COMMAND -> {
                try {
                    commit();
                } finally {
                    keeping.obey(request);
                }
            }
            case LEFT_ALONE -> leftAlone.say(request);
            case WAKE_UP -> {
                // The commit that ends the batch looks for what has ended.
            }
            case SCAN -> addVerdict(request);
            default -> batch.add(request);
        }
        if (endOfBatch || batch.isFull()) {
            commit();
        }
    }

    /** That a source has asked for traps is said with its probes. */
    private void addVerdict(ActionRequest request) {
        if (request.scan.kinds != ScanKind.TRAP.bit()) {
            batch.add(request);
        }
    }

    private void commit() {
        try {
            keeping.followClock(lastEpochNanos);
            desk.collect(lastEpochNanos);
            report(desk.advance(lastEpochNanos));
            Map<ActionRequest, Response> begun = begin();
            desk.advance(lastEpochNanos);
            for (int i = 0; i < batch.size(); i++) {
                report(batch.get(i), Optional.ofNullable(begun.get(batch.get(i))));
            }
            desk.advance(lastEpochNanos);
            reporter.flush(lastEpochNanos);
            writeBlockedFile();
        } finally {
            batch.clear();
        }
    }

    /** A verdict comes with the flags of the probe that led to it; the probe is what is answered. */
    private Map<ActionRequest, Response> begin() {
        Map<ActionRequest, Response> begun = new IdentityHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            ActionRequest request = batch.get(i);
            if (request.kind == ActionKind.PROBE && request.blockRequested) {
                desk.begin(request).ifPresent(response -> begun.put(request, response));
            }
        }
        return begun;
    }

    private void report(List<Response> responses) {
        for (Response response : responses) {
            reporter.reportResponse(response);
            desk.reported(response);
        }
    }

    private void report(ActionRequest request, Optional<Response> begun) {
        news.take(request);
        if (request.kind != ActionKind.PROBE) {
            reporter.reportFinding(request);
        } else if (begun.isPresent()) {
            begun.filter(response -> response.isAt(Step.REPORT)).ifPresent(response -> report(List.of(response)));
        } else if (!isHeld(request)) {
            reporter.reportProbe(request);
            keeping.note(request);
        }
    }

    /** While a command decides whether the host is blocked, its probes wait for what is to be said about that. */
    private boolean isHeld(ActionRequest request) {
        return desk.openFor(request)
                .filter(response -> !response.isAt(Step.REPORT) && response.hold(request)).isPresent();
    }

    private void tick(ActionRequest tick) {
        keeping.tick(lastEpochNanos);
        desk.retry(lastEpochNanos);
        report(desk.advance(lastEpochNanos));
        breakers.look(tick);
        desk.overdue(lastEpochNanos).forEach(reporter::reportProbesOf);
        reporter.tick(lastEpochNanos);
        news.tick(lastEpochNanos);
        writeBlockedFile();
    }

    private void renew() {
        ResponseRules rules = newest.get();
        context.firewall().renew(rules.response());
        news.renew(rules.notification());
        ResponsePlan plan = plan(rules);
        desk.use(plan);
        if (keeping.renew(plan, lastEpochNanos)) {
            context.book().keep(lastEpochNanos);
            blockedFile.ifPresent(file -> file.writeIfChanged(context.book().blocks(), lastEpochNanos));
        }
    }

    private void writeBlockedFile() {
        blockedFile.ifPresent(file -> file.writeIfDue(context.book().blocks(), lastEpochNanos));
    }

    /** What was done so far. Thread: any. */
    public ActionCounters counters() {
        return context.counters();
    }

    /** How many blocks are in force. Thread: any. */
    public int blocksActive() {
        return context.book().blocks().size();
    }

    /** Whether the kernel blocks by itself. Thread: any. */
    public boolean isOffloaded() {
        return keeping.isOffloaded();
    }

    /** Whether the ledger lacks something that has happened. Thread: any. */
    public boolean isLedgerBehind() {
        return context.book().isLedgerBehind();
    }

    /** Commands have a moment more; what is then not run is said, and its hosts are reported as they are. */
    @Override
    public void close() {
        commit();
        commands.stop(ActionLimits.COMMANDS_AT_STOP);
        commit();
        reporter.sayNotRun(desk.abandon());
        commit();
        names.close();
        reporter.close();
        news.close();
        blockedFile.ifPresent(file -> file.writeIfChanged(context.book().blocks(), lastEpochNanos));
        context.book().close(lastEpochNanos);
        context.firewall().close();
    }
}
