package org.edgesentry.actions.respond;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.edgesentry.actions.LogCapture;
import org.edgesentry.actions.Requests;
import org.edgesentry.actions.TestSettings;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.FirewallWatch;
import org.edgesentry.actions.firewall.HeldBlock;
import org.edgesentry.actions.firewall.TrapRules;
import org.edgesentry.actions.history.Portsentry2Format;
import org.edgesentry.actions.notify.Notifier;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.action.BlockOutcomes;
import org.edgesentry.core.command.OperatorCommand;
import org.edgesentry.core.config.BlockMethod;
import org.edgesentry.core.config.Modes;
import org.edgesentry.core.config.ResponseMode;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.config.Switch;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockLedger;
import org.edgesentry.core.ledger.BlockOrigin;
import org.edgesentry.core.ledger.BlockReason;
import org.edgesentry.core.ledger.ProbedPort;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.time.ClockSteps;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A responder with files in a temporary directory, whose worker is the test. */
abstract class ResponderFixture implements BlockOutcomes {

    static final int BLOCK_MAX = 3;

    @TempDir
    Path directory;
    final LogCapture log = new LogCapture();
    /** What is said about the daemon's own affairs. */
    final LogCapture said = new LogCapture("org.edgesentry.actions.respond");
    final FakeFirewall firewall = new FakeFirewall();
    final List<String> outcomes = new ArrayList<>();
    final Semaphore wakeUps = new Semaphore(0);
    Optional<String> killHostsDeny = Optional.empty();
    Optional<String> killRunCommand = Optional.empty();
    boolean commandFirst;
    int blockMax = BLOCK_MAX;
    List<Cidr> ignored = List.of();
    long blockSeconds = 60;
    boolean extend;
    boolean rebooted;
    Optional<TrapRules> traps = Optional.empty();
    FirewallWatch.Change change = FirewallWatch.Change.NONE;
    long wallNanos = Requests.START_NANOS;
    long steadyNanos;
    Settings.Notify told = TestSettings.NOBODY_IS_TOLD;
    final AtomicLong now = new AtomicLong(Requests.START_NANOS);
    final LedgerOnPaper paper = new LedgerOnPaper();
    BlockLedger ledger = paper;
    Path history;
    Path blocked;
    Path hostsDeny;
    ScanResponder responder;

    @BeforeEach
    void nameFiles() {
        history = directory.resolve("history");
        blocked = directory.resolve("blocked");
        hostsDeny = directory.resolve("hosts.deny");
    }

    @AfterEach
    void stop() {
        log.close();
        said.close();
    }

    void open() throws IOException {
        open(firewall);
    }

    void open(Firewall shutsOut) throws IOException {
        responder = ScanResponder.open(TestSettings.files(Optional.of(history), Optional.of(blocked), blockMax),
                this::rules, new Surroundings(shutsOut, this::change, ledger, this, wakeUps::release,
                        new Portsentry2Format(ZoneOffset.UTC), ZoneOffset.UTC, hostsDeny, () -> wallNanos,
                        new ClockSteps(() -> wallNanos, () -> steadyNanos), rebooted,
                        new Notifier(told, now::get)));
    }

    private FirewallWatch.Change change() {
        FirewallWatch.Change now = change;
        change = FirewallWatch.Change.NONE;
        return now;
    }

    private ResponseRules rules() {
        Settings.Blocking blocking = new Settings.Blocking(BlockMethod.AUTO, Duration.ofSeconds(blockSeconds), 2,
                Duration.ofDays(7), 64, 1000, blockMax, false, Switch.AUTO, true, extend);
        List<Spared> spared = ignored.stream().map(network -> new Spared(network, "on the ignore list")).toList();
        return new ResponseRules(new Settings.Response(ResponseMode.BLOCK, ResponseMode.BLOCK, Optional.empty(),
                killHostsDeny, killRunCommand, commandFirst), blocking, Modes.STEALTH, spared, told, traps);
    }

    @Override
    public void blocked(Cidr target, long untilEpochNanos) {
        outcomes.add(target + (untilEpochNanos == Long.MAX_VALUE
                ? " without end"
                : " for " + TimeUnit.NANOSECONDS.toSeconds(untilEpochNanos - Requests.START_NANOS)));
    }

    @Override
    public void failed(Cidr target) {
        outcomes.add(target + " failed");
    }

    @Override
    public void ended(Cidr target) {
        outcomes.add(target + " ended");
    }

    void respond(ActionRequest... requests) {
        for (int i = 0; i < requests.length; i++) {
            responder.respond(requests[i], i == requests.length - 1);
        }
    }

    /** Waits until so many commands have ended, and lets the responder know as the ring would. */
    void awaitCommands(int count) throws InterruptedException {
        if (!wakeUps.tryAcquire(count, 20, TimeUnit.SECONDS)) {
            throw new AssertionError("no end of " + count + " commands within 20 s");
        }
        respond(request(ActionKind.WAKE_UP));
    }

    void tick(long seconds) {
        respond(Requests.tick(seconds));
    }

    void obey(OperatorCommand command) {
        ActionRequest request = request(ActionKind.COMMAND);
        request.command = command;
        respond(request);
    }

    /** Takes up new rules. */
    void renew() {
        respond(request(ActionKind.RENEW));
    }

    /** The same request, so many seconds later. */
    static ActionRequest later(long seconds, ActionRequest request) {
        request.epochNanos += TimeUnit.SECONDS.toNanos(seconds);
        return request;
    }

    /** The ledger has a block of a former run, with so many seconds left; 0 without end. */
    void remember(String target, BlockReason reason, long seconds) {
        Cidr cidr = CidrParser.parse(target);
        BlockOrigin origin = new BlockOrigin(reason, Cidr.ofAddress(cidr.family(), cidr.hi(), cidr.lo()), 6, 11);
        paper.active.put(cidr, new ActiveBlock(cidr, origin, Requests.START_NANOS,
                BlockCommitter.end(Requests.START_NANOS, seconds), 1, List.of(new ProbedPort(6, 11)), true));
        paper.times.put(cidr, 1);
    }

    static List<Cidr> networks(String... texts) {
        return Stream.of(texts).map(CidrParser::parse).toList();
    }

    static List<HeldBlock> held(long seconds, String... targets) {
        return networks(targets).stream().map(target -> new HeldBlock(target, seconds)).toList();
    }

    static ActionRequest request(ActionKind kind) {
        ActionRequest request = new ActionRequest();
        request.kind = kind;
        request.epochNanos = Requests.START_NANOS;
        return request;
    }

    /** The log without the lines of the probes themselves. */
    List<String> alerts() {
        return log.lines().stream().filter(line -> !line.contains("Scan from")).toList();
    }
}
