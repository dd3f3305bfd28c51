package org.edgesentry.actions.respond;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgesentry.actions.LogCapture;
import org.edgesentry.actions.Requests;
import org.edgesentry.actions.TestSettings;
import org.edgesentry.actions.firewall.FirewallWatch;
import org.edgesentry.actions.history.Portsentry1Format;
import org.edgesentry.actions.history.Portsentry2Format;
import org.edgesentry.actions.history.ReportFormat;
import org.edgesentry.actions.notify.Notifier;
import org.edgesentry.core.action.ActionPublisher;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.action.BlockOutcomes;
import org.edgesentry.core.config.Modes;
import org.edgesentry.core.config.ResponseMode;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.dispatch.DispatchHandler;
import org.edgesentry.core.host.BlockPolicy;
import org.edgesentry.core.host.HostKey;
import org.edgesentry.core.host.HostRules;
import org.edgesentry.core.host.HostStateHandler;
import org.edgesentry.core.host.ScanRules;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.ledger.BlockLedger;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PrefixMap;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.probe.ScanType;
import org.edgesentry.core.probe.Verdict;
import org.edgesentry.core.time.ClockSteps;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A million probes cost less than a megabyte of history and of log, and in a flood of seconds less than one for both
 * together: the handlers and the responder as the daemon has them, without their rings, which would only lose lines.
 */
class LineBudgetTest implements ActionPublisher, BlockOutcomes {

    private static final int PROBES = 1_000_000;
    private static final long MEGABYTE = 1_000_000;
    private static final int FLOOD_SECONDS = 5;
    /** What conf/log4j2.xml puts around a message: {@code 2026-11-22T10:15:30.123+0000 INFO  } and the line end. */
    private static final int AROUND_A_MESSAGE = 36;
    private static final Pattern FOLDED = Pattern.compile("(\\d+) without a line|(\\d+) probes of up to");

    @TempDir
    private Path directory;
    private final LogCapture log = new LogCapture();
    private final Queue<ProbeEvent> toSelf = new ArrayDeque<>();
    private final ActionRequest request = new ActionRequest();
    private final ProbeEvent event = new ProbeEvent();
    private long epochNanos = Requests.START_NANOS;
    private ScanResponder responder;
    private HostStateHandler hostState;
    private DispatchHandler dispatch;

    @AfterEach
    void stop() {
        log.close();
    }

    @ParameterizedTest(name = "{0} sources in {1} s, 1.x form: {2}, response {3}")
    @CsvSource({
        "1,       5,   false, LOG", "1,       5,   false, BLOCK", "1,       5,   true, BLOCK",
        "1,       600, false, LOG", "1,       600, true,  BLOCK",
        "1000000, 5,   false, LOG", "1000000, 5,   false, BLOCK", "1000000, 5,   true, LOG",
        "1000000, 5,   true,  BLOCK", "1000000, 300, false, BLOCK", "1000000, 300, true, BLOCK",
        "50000,   5,   false, LOG", "50000,   5,   false, BLOCK", "50000, 300, true, BLOCK"})
    void millionProbes_costLessThanAMegabyte(int sources, int seconds, boolean classic, ResponseMode response)
            throws IOException {
        Path history = directory.resolve("history");
        open(history, classic ? new Portsentry1Format(ZoneOffset.UTC) : new Portsentry2Format(ZoneOffset.UTC),
                response);
        long stepNanos = TimeUnit.SECONDS.toNanos(seconds) / PROBES;
        long nextTickNanos = epochNanos;
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < PROBES; i++, epochNanos += stepNanos) {
            if (epochNanos >= nextTickNanos) {
                send(EventKind.TICK);
                nextTickNanos += TimeUnit.SECONDS.toNanos(1);
            }
            probe(0xC000_0000L + random.nextInt(sources), 10_000 + random.nextInt(50_000), i);
        }
        send(EventKind.CLOSE_ALL);
        responder.close();

        assertThat(Files.size(history)).as("history").isLessThan(MEGABYTE);
        long logBytes = log.lines().stream().mapToLong(line -> line.length() + AROUND_A_MESSAGE).sum();
        assertThat(logBytes).as("log").isLessThan(MEGABYTE);
        if (seconds == FLOOD_SECONDS) {
            assertThat(Files.size(history) + logBytes).as("history and log of one flood").isLessThan(MEGABYTE);
        }
        assertThat(counted()).as("probes that are in a line, or counted in one").isEqualTo(PROBES);
    }

    private void open(Path history, ReportFormat format, ResponseMode response) throws IOException {
        Settings settings = TestSettings.files(Optional.of(history), Optional.empty(), 200_000);
        Settings.Response both = new Settings.Response(response, response, Optional.empty(), Optional.empty(),
                Optional.empty(), false);
        responder = ScanResponder.open(settings,
                () -> new ResponseRules(both, settings.blocking(), Modes.STEALTH, List.of(),
                        TestSettings.NOBODY_IS_TOLD, Optional.empty()),
                new Surroundings(new FakeFirewall(), FirewallWatch.BLIND, BlockLedger.NONE, this, () -> { }, format,
                        ZoneOffset.UTC, directory.resolve("hosts.deny"), () -> epochNanos,
                        new ClockSteps(() -> epochNanos, () -> epochNanos), false,
                        new Notifier(TestSettings.NOBODY_IS_TOLD, () -> 0)));
        PrefixMap nobody = PrefixMap.of(List.of());
        HostRules rules = new HostRules(new HostKey(64, List.of()),
                new ScanRules(0, TimeUnit.DAYS.toNanos(1)), new BlockPolicy(both, settings.blocking(), nobody), 1_000);
        hostState = new HostStateHandler(() -> rules, new SelfPublisher());
        dispatch = new DispatchHandler(new ProbeCounters(), this, false);
    }

    private void probe(long source, int port, int identity) {
        event.clear();
        event.epochNanos = epochNanos;
        event.family = 4;
        event.sourceLo = source;
        event.protocol = IpProtocol.TCP;
        event.destinationPort = port;
        event.tcpFlags = TcpFlags.SYN;
        event.identity = identity;
        event.verdict = Verdict.PROBE;
        event.scanType = ScanType.TCP_SYN;
        take(event);
        drain();
    }

    private void send(EventKind kind) {
        ProbeEvent first = new ProbeEvent();
        first.kind = kind;
        first.epochNanos = epochNanos;
        toSelf.add(first);
        drain();
    }

    private void drain() {
        for (ProbeEvent next = toSelf.poll(); next != null; next = toSelf.poll()) {
            take(next);
        }
    }

    private void take(ProbeEvent next) {
        hostState.handle(next);
        dispatch.handle(next);
    }

    /** Lines of probes, and what the lines that sum up say. */
    private long counted() {
        long counted = 0;
        for (String line : log.lines()) {
            Matcher folded = FOLDED.matcher(line);
            if (folded.find()) {
                counted += Long.parseLong(folded.group(1) == null ? folded.group(2) : folded.group(1));
            } else if (line.contains("port: ")) {
                counted++;
            }
        }
        return counted;
    }

    @Override
    public ActionRequest begin() {
        return request;
    }

    @Override
    public boolean publish() {
        responder.respond(request, true);
        return true;
    }

    @Override
    public void blocked(Cidr target, long untilEpochNanos) {
        outcome(EventKind.BLOCK_DONE, target, untilEpochNanos);
    }

    @Override
    public void failed(Cidr target) {
        outcome(EventKind.BLOCK_FAILED, target, 0);
    }

    @Override
    public void ended(Cidr target) {
        outcome(EventKind.BLOCK_ENDED, target, 0);
    }

    private void outcome(EventKind kind, Cidr target, long untilEpochNanos) {
        ProbeEvent outcome = new ProbeEvent();
        outcome.kind = kind;
        outcome.epochNanos = epochNanos;
        outcome.family = target.family();
        outcome.sourceHi = target.hi();
        outcome.sourceLo = target.lo();
        outcome.blockedUntilNanos = untilEpochNanos;
        toSelf.add(outcome);
    }

    /** Stands for the ring. */
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
