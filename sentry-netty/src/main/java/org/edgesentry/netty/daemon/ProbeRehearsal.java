package org.edgesentry.netty.daemon;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.respond.Rehearsal;
import org.edgesentry.core.action.ActionPublisher;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.classify.ClassifyHandler;
import org.edgesentry.core.classify.OwnSockets;
import org.edgesentry.core.classify.SparingLookup;
import org.edgesentry.core.classify.UsedPorts;
import org.edgesentry.core.config.PipelineLayout;
import org.edgesentry.core.dispatch.DispatchHandler;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.host.HostStateHandler;
import org.edgesentry.core.ignore.IgnoreHandler;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.metrics.ProbeTimes;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.pipeline.ProbePipeline;
import org.edgesentry.core.time.WallClock;
import org.edgesentry.netty.capture.CaptureCounters;
import org.edgesentry.netty.capture.ProbeSink;
import org.edgesentry.netty.host.sockets.SocketLookup;
import org.edgesentry.netty.system.LibC;

/**
 * Takes a flood that nobody sent from the frame to the firewall, so that the JVM has compiled the way before a real one
 * comes: in its first second it would lose a third of that. It has a ring, handlers, counters and a response of its
 * own, and writes, counts and blocks nothing that is seen from outside.
 *
 * <p>Thread: its own, {@code sentry-rehearsal}, after the start, and those of its pipeline; they end by themselves. All
 * have the priority of the others: at a lower one, on busy cores, the safepoints of the JVM would wait for them, up to
 * a second, and every probe with them.
 */
final class ProbeRehearsal {

    private static final Logger LOG = LogManager.getLogger(ProbeRehearsal.class);
    private static final int SLOTS = 1_024;
    /** So few that the flood fills the table, and so many that it has to grow before. */
    private static final int HOSTS = 8_192;
    private static final int HOSTS_WITH_PORTS = 1_024;
    private static final int LOOPBACK = 127;
    /** On a busy machine this may take its time, and the response is not to be closed under a handler. */
    private static final Duration DRAINED_WITHIN = Duration.ofMinutes(1);
    /** So many real ones are a flood, which is the better teacher, and needs the cores. */
    private static final int REAL_PROBES = 10_000;
    /** What the compiler then still has to do. */
    private static final long COMPILED_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final PipelineRules rules;
    private final PipelineLayout layout;
    private final List<Cidr> own;
    private final WallClock clock;
    private final LongSupplier realProbes;
    private final Optional<Rehearsal> responses;
    private volatile boolean stopped;

    /**
     * @param own addresses of this host
     * @param realProbes how many have come since the start
     * @param responses closed at the end; none where nobody is blocked
     */
    ProbeRehearsal(PipelineRules rules, PipelineLayout layout, List<Cidr> own, WallClock clock,
                   LongSupplier realProbes, Optional<Rehearsal> responses) {
        this.rules = rules;
        this.layout = layout;
        this.own = own;
        this.clock = clock;
        this.realProbes = realProbes;
        this.responses = responses;
    }

    /** Begins. */
    void start() {
        Thread thread = new Thread(this::run, "sentry-rehearsal");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends soon. Thread: any. */
    void stop() {
        stopped = true;
    }

    private void run() {
        try (SocketLookup lookup = SocketLookup.open()) {
            PortSet traps = rules.watched().tcpTraps();
            Optional<Cidr> target = own.stream().filter(ProbeRehearsal::isReachable).findFirst();
            if (target.isPresent() && !traps.isEmpty()) {
                rehearse(new RehearsedFlood(target.get(), own, traps, clock), lookup);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("The first probes may take longer: the rehearsal ended early", e);
        } finally {
            responses.ifPresent(Rehearsal::close);
        }
        LockSupport.parkNanos(COMPILED_NANOS);
        LibC.malloc_trim(0);
    }

    private static boolean isReachable(Cidr address) {
        return address.family() == AddressFamily.IPV4 && address.lo() >>> 24 != LOOPBACK;
    }

    private void rehearse(RehearsedFlood flood, SocketLookup lookup) {
        ProbeCounters counters = new ProbeCounters();
        ProbePipeline pipeline = new ProbePipeline(SLOTS, counters, new ProbeTimes(clock));
        pipeline.start(layout, List.of(
                new ClassifyHandler(rules::watched, new SparingLookup(OwnSockets.NONE, lookup), new UsedPorts()),
                new IgnoreHandler(rules::leftAlone),
                new HostStateHandler(rules::hosts, HOSTS, HOSTS_WITH_PORTS, SipHash.withRandomKey(),
                        pipeline.publisher()),
                new DispatchHandler(counters, new Answers(), false)));
        ProbeSink sink = new ProbeSink(pipeline.publisher(), new CaptureCounters());
        while (!flood.isOver() && !stopped && realProbes.getAsLong() < REAL_PROBES) {
            flood.sendTo(sink);
        }
        pipeline.stop(DRAINED_WITHIN);
    }

    /** Where the action ring would be. */
    private final class Answers implements ActionPublisher {

        private final ActionRequest request = new ActionRequest();

        @Override
        public ActionRequest begin() {
            return request;
        }

        @Override
        public boolean publish() {
            if (request.blockRequested) {
                responses.ifPresent(rehearsal -> rehearsal.answer(request));
            }
            return true;
        }
    }
}
