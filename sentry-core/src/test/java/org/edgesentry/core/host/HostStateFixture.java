package org.edgesentry.core.host;

import static org.edgesentry.core.probe.Probes.NOON;
import static org.edgesentry.core.probe.Probes.SECOND;
import static org.edgesentry.core.probe.Probes.syn;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.edgesentry.core.config.BlockMethod;
import org.edgesentry.core.config.ResponseMode;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.config.Switch;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PrefixMap;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.Verdict;

/** A host state handler with rules that a test sets before it asks for one, and a stand-in for its ring. */
abstract class HostStateFixture {

    static final String SCANNER = "198.51.100.7";
    static final long DAY = 86_400 * SECOND;

    private final Queue<ProbeEvent> toSelf = new ArrayDeque<>();
    int scanTrigger;
    int blockRate = 1_000;
    int maxHosts = 1_000;
    boolean verifiedOnly;
    boolean extend;
    Duration blockTime = Duration.ofHours(1);
    Duration blockTimeMax = Duration.ofDays(7);
    ResponseMode tcp = ResponseMode.BLOCK;
    ResponseMode udp = ResponseMode.LOG;
    List<Cidr> protectedAddresses = List.of();

    HostStateHandler handler() {
        return new HostStateHandler(this::rules, maxHosts, new SipHash(1, 2), new SelfPublisher());
    }

    HostRules rules() {
        Settings.Response response = new Settings.Response(tcp, udp, Optional.empty(), Optional.empty(),
                Optional.empty(), false);
        Settings.Blocking blocking = new Settings.Blocking(BlockMethod.AUTO, blockTime, 2,
                blockTimeMax, 64, blockRate, 1_000, verifiedOnly, Switch.AUTO, true, extend);
        return new HostRules(new HostKey(64, protectedAddresses), new ScanRules(scanTrigger, DAY),
                new BlockPolicy(response, blocking, PrefixMap.of(protectedAddresses)), blockRate);
    }

    static ProbeEvent probe(HostStateHandler handler, String source, int port, long epochNanos) {
        return handle(handler, syn(source, port, epochNanos));
    }

    static ProbeEvent handle(HostStateHandler handler, ProbeEvent event) {
        event.verdict = Verdict.PROBE;
        handler.handle(event);
        return event;
    }

    static void confirm(HostStateHandler handler, String source, long untilEpochNanos) {
        ProbeEvent done = outcome(EventKind.BLOCK_DONE, source, NOON);
        done.blockedUntilNanos = untilEpochNanos;
        handler.handle(done);
    }

    static ProbeEvent outcome(EventKind kind, String source, long epochNanos) {
        ProbeEvent event = syn(source, 0, epochNanos);
        event.kind = kind;
        event.seenBy = ProbeSource.COMMAND;
        return event;
    }

    void tick(HostStateHandler handler, long epochNanos) {
        closings(handler, epochNanos);
    }

    List<ProbeEvent> closings(HostStateHandler handler, long epochNanos) {
        ProbeEvent tick = new ProbeEvent();
        tick.kind = EventKind.TICK;
        tick.epochNanos = epochNanos;
        return run(handler, tick);
    }

    List<ProbeEvent> run(HostStateHandler handler, ProbeEvent first) {
        List<ProbeEvent> closings = new ArrayList<>();
        toSelf.add(first);
        while (!toSelf.isEmpty()) {
            ProbeEvent event = toSelf.poll();
            handler.handle(event);
            if (event.closingFolded > 0) {
                closings.add(event);
            }
        }
        return closings;
    }

    /** Stands for the ring: what the handler sends itself comes back in order. */
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
