package org.edgesentry.netty.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.respond.Rehearsal;
import org.edgesentry.core.action.ActionPublisher;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.classify.ClassifyHandler;
import org.edgesentry.core.classify.UsedPorts;
import org.edgesentry.core.dispatch.DispatchHandler;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.host.HostStateHandler;
import org.edgesentry.core.ignore.IgnoreHandler;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.pipeline.InlinePipeline;
import org.edgesentry.core.time.WallClock;
import org.edgesentry.netty.capture.CaptureCounters;
import org.edgesentry.netty.capture.ProbeSink;
import org.edgesentry.netty.host.sockets.SocketLookup;
import org.edgesentry.netty.system.ThreadPolicy;

/**
 * Takes probes that nobody sent from the frame to the firewall, so that the JVM compiles the way before the first real
 * one comes. It has handlers, counters and a response of its own, and writes, counts and blocks nothing that is seen
 * from outside.
 *
 * <p>Thread: its own, {@code sentry-rehearsal}, after the start and behind all others; it ends by itself.
 */
final class ProbeRehearsal {

    private static final Logger LOG = LogManager.getLogger(ProbeRehearsal.class);
    /** The JVM compiles a method when it has been called some hundred times, and then takes a moment for it. */
    private static final int PROBES = 2_000;
    private static final int HOSTS = 4_096;
    /** The net for benchmarks, 198.18.0.0/15 (RFC 2544): nobody on the Internet sends from there. */
    private static final long NOBODYS_NET = 0xC612_0000L;
    private static final int LOOPBACK = 127;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    /** An IPv4 header and a TCP header that asks for a connection. */
    private static final byte[] SYN = {0x45, 0, 0, 40, 0, 1, 0, 0, 64, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        (byte) 0x80, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 2, 4, 0, 0, 0, 0, 0};
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;
    private static final int PORT = 22;

    private final PipelineRules rules;
    private final List<Cidr> own;
    private final WallClock clock;
    private final Rehearsal responses;
    private volatile boolean stopped;

    /**
     * @param own addresses of this host
     * @param responses closed at the end
     */
    ProbeRehearsal(PipelineRules rules, List<Cidr> own, WallClock clock, Rehearsal responses) {
        this.rules = rules;
        this.own = own;
        this.clock = clock;
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
        ThreadPolicy.stepBack();
        try (responses; SocketLookup lookup = SocketLookup.open()) {
            Optional<ByteBuffer> frame = frame();
            if (frame.isPresent()) {
                rehearse(frame.get(), sink(lookup));
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("The first probes may take longer: the rehearsal ended early", e);
        }
    }

    /** Empty where no trap is read off the wire. */
    private Optional<ByteBuffer> frame() {
        int port = rules.watched().tcpTraps().toBitSet().nextSetBit(0);
        return own.stream().filter(address -> port > 0 && isReachable(address)).findFirst()
                .map(address -> ByteBuffer.allocateDirect(SYN.length).put(0, SYN)
                        .putInt(DESTINATION, (int) address.lo()).putShort(PORT, (short) port));
    }

    private static boolean isReachable(Cidr address) {
        return address.family() == AddressFamily.IPV4 && address.lo() >>> 24 != LOOPBACK;
    }

    private ProbeSink sink(SocketLookup lookup) {
        ProbeCounters counters = new ProbeCounters();
        InlinePipeline pipeline = new InlinePipeline(counters);
        pipeline.start(List.of(
                new ClassifyHandler(rules::watched, lookup, new UsedPorts()),
                new IgnoreHandler(rules::leftAlone),
                new HostStateHandler(rules::hosts, HOSTS, SipHash.withRandomKey(), pipeline.publisher()),
                new DispatchHandler(counters, new Answers(), false)));
        return new ProbeSink(pipeline.publisher(), new CaptureCounters());
    }

    private void rehearse(ByteBuffer frame, ProbeSink sink) {
        for (int i = 0; i < PROBES && !stopped; i++) {
            frame.putInt(SOURCE, (int) NOBODYS_NET + i);
            sink.accept(ETHERTYPE_IPV4, frame, 0, SYN.length, clock.epochNanos(), 0, false);
        }
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
                responses.answer(request);
            }
            return true;
        }
    }
}
