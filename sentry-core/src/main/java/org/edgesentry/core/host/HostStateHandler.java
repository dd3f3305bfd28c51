package org.edgesentry.core.host;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.edgesentry.core.command.HostsCommand;
import org.edgesentry.core.command.OperatorCommand;
import org.edgesentry.core.hash.AddressHashes;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.UpcomingEvents;
import org.edgesentry.core.probe.Verdict;

/**
 * The third handler: owns the host table. Probes go to the {@link HostTracker} and the {@link BlockDesk}; ticks forget
 * the silent and close scans that have ended; outcomes of blocks come back from the actions.
 *
 * <p>One event carries one closing line at most: while there are more, the handler sends itself another event.
 *
 * <p>Thread: pipeline only; the counts may be read by any thread and lag behind by a tick.
 */
public final class HostStateHandler implements ProbeHandler {

    private final Supplier<HostRules> newest;
    private final HostTracker tracker;
    private final BlockDesk blocks;
    private final Suspicion suspicion;
    private final ProbePublisher toSelf;
    private final AtomicLong hosts = new AtomicLong();
    private final AtomicLong evicted = new AtomicLong();
    private final AtomicLong blocksPutOff = new AtomicLong();
    private final AtomicLong linesFolded = new AtomicLong();

    /**
     * A handler with an empty table of the full size.
     *
     * @param newest its rules, asked for now and again with each {@link EventKind#RENEW}
     * @param toSelf leads back into the handler's own ring
     */
    public HostStateHandler(Supplier<HostRules> newest, ProbePublisher toSelf) {
        this(newest, SipHash.withRandomKey(), toSelf);
    }

    /** The same with a hash of the caller's choice, so that a replay repeats. */
    public HostStateHandler(Supplier<HostRules> newest, SipHash hash, ProbePublisher toSelf) {
        this(newest, Limits.HOSTS, hash, toSelf);
    }

    /** The same for fewer hosts. */
    public HostStateHandler(Supplier<HostRules> newest, int maxHosts, SipHash hash, ProbePublisher toSelf) {
        this(newest, maxHosts, Math.min(maxHosts, Limits.HOSTS_WITH_PORTS), hash, toSelf);
    }

    /** The same with so few whose ports are remembered. */
    public HostStateHandler(Supplier<HostRules> newest, int maxHosts, int maxHostsWithPorts, SipHash hash,
                            ProbePublisher toSelf) {
        HostRules rules = newest.get();
        AddressHashes hashes = new AddressHashes(hash);
        this.newest = newest;
        this.tracker = new HostTracker(rules, maxHosts, maxHostsWithPorts, hash, hashes);
        this.blocks = new BlockDesk(tracker.table(), rules);
        this.toSelf = toSelf;
        this.suspicion = new Suspicion(tracker, hashes, toSelf);
        suspicion.use(rules.scan());
    }

    @Override
    public void handle(ProbeEvent event) {
        switch (event.kind) {
            case PROBE -> onProbe(event);
            case TICK -> onTick(event);
            case CLOSING, CLOSE_ALL -> close(event);
            case BLOCK_DONE, BLOCK_FAILED, BLOCK_ENDED -> onOutcome(event);
            case RENEW -> renew(newest.get());
            case END_OF_INPUT -> conclude(event);
            case COMMAND -> obey(event.command);
            default -> throw new IllegalStateException("no such event: " + event.kind);
        }
    }

    @Override
    public void foresee(UpcomingEvents events) {
        tracker.foresee(events);
    }

    private void onProbe(ProbeEvent event) {
        switch (event.verdict) {
            case PROBE -> onTrapProbe(event);
            case CONTACT -> onContact(event);
            case OUTGOING -> suspicion.addSent(event);
            case ANSWER -> suspicion.addFollowing(event);
            default -> {
                // Counts neither for nor against anybody.
            }
        }
        // Nor do events of the pipeline's own settle anything: that makes more of them, and these would again.
        if (event.seenBy != ProbeSource.COMMAND) {
            suspicion.expire(event);
        }
    }

    private void onTrapProbe(ProbeEvent event) {
        int row = tracker.track(event);
        // What comes from the pipeline itself was evidence before.
        if (event.seenBy != ProbeSource.COMMAND) {
            suspicion.addProbe(row, event);
        }
        decide(row, event);
    }

    /**
     * A contact of a source that was judged to scan is a probe, whatever it asks for. So is one of a trap that has
     * failed by what it is.
     */
    private void onContact(ProbeEvent event) {
        int row = suspicion.addContact(event);
        if (suspicion.isJudged(row) || event.trapPort && event.scanType.isCrafted()) {
            event.verdict = Verdict.PROBE;
            decide(tracker.track(event), event);
        }
    }

    /** On traps SCAN_TRIGGER has the word; what a source does beside them, the verdict. */
    private void decide(int row, ProbeEvent event) {
        boolean ofTrap = event.trapPort || event.seenBy == ProbeSource.COMMAND;
        event.triggered |= !ofTrap && suspicion.isJudged(row);
        if (event.triggered) {
            blocks.decide(row, event);
            if (event.blockRequested) {
                tracker.lines().insist(row, event);
            }
        }
    }

    private void onTick(ProbeEvent event) {
        tracker.forgetSilent(event.epochNanos);
        suspicion.tick(event);
        hosts.lazySet(tracker.table().size());
        evicted.lazySet(tracker.table().evicted());
        event.blocksPutOff = blocks.putOff();
        blocksPutOff.lazySet(event.blocksPutOff);
        sendSelf(EventKind.CLOSING, event.epochNanos);
    }

    private void renew(HostRules rules) {
        tracker.use(rules);
        blocks.use(rules);
        suspicion.use(rules.scan());
    }

    private void close(ProbeEvent event) {
        boolean moreLines = tracker.lines().closeNext(event, event.kind == EventKind.CLOSE_ALL);
        boolean moreContacts = suspicion.expire(event);
        if (moreLines || moreContacts) {
            sendSelf(event.kind, event.epochNanos);
        }
        linesFolded.lazySet(tracker.lines().folded());
    }

    /** The actions carry out the others. */
    private void obey(OperatorCommand command) {
        if (command instanceof HostsCommand hosts) {
            try {
                hosts.answer().complete(new HostListing(tracker).list(hosts.limit()));
            } finally {
                hosts.refuse("the daemon could not do it; its log says why");
            }
        }
    }

    private void conclude(ProbeEvent event) {
        if (suspicion.conclude(event)) {
            sendSelf(EventKind.END_OF_INPUT, event.epochNanos);
        }
    }

    private void onOutcome(ProbeEvent event) {
        int row = tracker.find(event.family, event.sourceHi, event.sourceLo);
        if (row == HostRows.NONE) {
            return;
        }
        switch (event.kind) {
            case BLOCK_DONE -> blocks.confirm(row, event);
            case BLOCK_FAILED -> blocks.reject(row, event);
            default -> blocks.release(row);
        }
    }

    private void sendSelf(EventKind kind, long epochNanos) {
        ProbeEvent next = toSelf.begin();
        next.kind = kind;
        next.seenBy = ProbeSource.COMMAND;
        next.epochNanos = epochNanos;
        toSelf.publish();
    }

    /** Hosts that are remembered. */
    public long hosts() {
        return hosts.get();
    }

    /** Hosts that had to go before their time because the table was full. */
    public long evicted() {
        return evicted.get();
    }

    /** Blocks that were put off because BLOCK_RATE was used up. */
    public long blocksPutOff() {
        return blocksPutOff.get();
    }

    /** Probes that are only counted in a line that sums up. */
    public long linesFolded() {
        return linesFolded.get();
    }
}
