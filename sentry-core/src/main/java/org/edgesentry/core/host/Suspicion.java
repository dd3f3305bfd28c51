package org.edgesentry.core.host;

import java.util.function.BooleanSupplier;
import org.edgesentry.core.detect.Contact;
import org.edgesentry.core.detect.Crowd;
import org.edgesentry.core.detect.Evidence;
import org.edgesentry.core.detect.Outcome;
import org.edgesentry.core.detect.PendingContacts;
import org.edgesentry.core.detect.ScanShape;
import org.edgesentry.core.hash.AddressHashes;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.probe.DistributedScan;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.ScanType;
import org.edgesentry.core.probe.Verdict;

/**
 * Turns contacts and what becomes of them into evidence against their sources, and evidence into verdicts. An event
 * carries one verdict at most: what else is due waits for the next event.
 *
 * <p>Thread: pipeline only.
 */
final class Suspicion {

    /** Each may send the pipeline an event; each packet makes one contact at most, so none is left behind. */
    private static final int SETTLED_AT_ONCE = 16;

    private final HostTracker tracker;
    private final HostTable table;
    private final Evidence evidence;
    private final ScanShape shape;
    private final Crowd crowd;
    private final ProbePublisher toSelf;
    private PendingContacts pending;
    private BooleanSupplier due;
    private BooleanSupplier left;
    private int trigger;
    private int nextSummary;

    Suspicion(HostTracker tracker, AddressHashes hashes, ProbePublisher toSelf) {
        this.tracker = tracker;
        this.table = tracker.table();
        this.evidence = table.evidence();
        this.shape = new ScanShape(evidence);
        this.crowd = new Crowd(hashes);
        this.toSelf = toSelf;
    }

    /** From now on by these rules. */
    void use(ScanRules rules) {
        trigger = rules.trigger();
    }

    /** A probe of a trap: nobody serves it. */
    void addProbe(int row, ProbeEvent event) {
        note(row, event, Outcome.FAILED);
        if (HostState.isProven(table.state(row)) && hasSlot(row)) {
            evidence.setProven(table.slot(row));
        }
    }

    /** A contact; the row of its source. */
    int addContact(ProbeEvent event) {
        int row = tracker.meet(event);
        if (event.scanType.isCrafted()) {
            note(row, event, Outcome.FAILED);
        } else if (event.awaitsAnswer) {
            if (note(row, event, Outcome.PENDING)) {
                await(event);
            }
        } else {
            note(row, event, event.scanType == ScanType.ICMP_ECHO ? Outcome.NEUTRAL : Outcome.FAILED);
        }
        return row;
    }

    private void await(ProbeEvent event) {
        if (pending == null) {
            pending = new PendingContacts();
            due = pending::expires;
            left = pending::ends;
        }
        pending.pass(event.epochNanos);
        if (pending.opens(event)) {
            settle(event);
        }
    }

    /** A packet of a home host, which may be an answer. */
    void addSent(ProbeEvent event) {
        if (pending != null && pending.answers(event)) {
            settle(event);
        }
    }

    /** A further packet of a source in a conversation. */
    void addFollowing(ProbeEvent event) {
        if (pending != null && pending.follows(event)) {
            settle(event);
        }
    }

    /**
     * Settles contacts whose time is up, some at a time and until there is a verdict to tell.
     *
     * @return whether there may be more
     */
    boolean expire(ProbeEvent event) {
        if (pending == null) {
            return false;
        }
        pending.pass(event.epochNanos);
        return settleWhile(event, due);
    }

    private boolean settleWhile(ProbeEvent event, BooleanSupplier isDue) {
        for (int i = 0; i < SETTLED_AT_ONCE && !isTaken(event); i++) {
            if (!isDue.getAsBoolean()) {
                return false;
            }
            settle(event);
        }
        return true;
    }

    /** Whether the event has a verdict to tell already: it carries one of each sort. */
    private static boolean isTaken(ProbeEvent event) {
        return event.hasScan || event.distributed != null;
    }

    /**
     * No more packets come: settles what is pending, then tells each verdict anew with its last figures.
     *
     * @return whether to ask again: there may be more
     */
    boolean conclude(ProbeEvent event) {
        if (pending != null && settleWhile(event, left)) {
            return true;
        }
        event.distributed = crowd.atEnd();
        return event.distributed != null || summarise(event);
    }

    /** A second has passed. */
    void tick(ProbeEvent event) {
        event.distributed = crowd.due(event.epochNanos);
    }

    private boolean summarise(ProbeEvent event) {
        for (; nextSummary < table.ports().everUsed(); nextSummary++) {
            int row = table.ports().hostRow(nextSummary);
            if (row != HostRows.NONE && (evidence.isJudged(nextSummary) || shape.isScan(nextSummary))) {
                summarise(row, nextSummary, event);
                nextSummary++;
                return true;
            }
        }
        nextSummary = 0;
        return false;
    }

    private void summarise(int row, int slot, ProbeEvent event) {
        boolean ipv4 = HostKey.isIpv4(table.addressHi(row), table.addressLo(row));
        if (!evidence.isJudged(slot)) {
            evidence.setJudged(slot, ipv4 ? 0 : table.addressHi(row),
                    ipv4 ? table.addressLo(row) & 0xFFFF_FFFFL : table.ports().lastAddressLo(slot));
        }
        describe(slot, ipv4 ? AddressFamily.IPV4 : AddressFamily.IPV6, evidence.namedHi(slot), evidence.namedLo(slot),
                event);
    }

    /** Whether the source was judged to scan. */
    boolean isJudged(int row) {
        return hasSlot(row) && evidence.isJudged(table.slot(row));
    }

    private boolean hasSlot(int row) {
        return HostState.hasPorts(table.state(row));
    }

    /** Takes the contact down; whether it counts. */
    private boolean note(int row, ProbeEvent event, Outcome outcome) {
        long contact = Contact.of(event);
        if (!hasSlot(row)) {
            crowd.meet(event);
            noteWithoutSlot(row, contact, outcome, event);
            return true;
        }
        int slot = table.slot(row);
        if (!isLoud(slot)) {
            crowd.meet(event);
        }
        int place = evidence.note(slot, contact, event);
        if (place != Evidence.NONE && outcome != Outcome.PENDING) {
            tellFailure(evidence.settle(slot, place, outcome, event.epochNanos) && !isLoud(slot), contact, event);
            judge(row, slot, event.family, event.sourceHi, event.sourceLo, event);
        }
        return place != Evidence.NONE;
    }

    /** The row was made by this very event, or has to do without a slot: then it knows what came first, and no more. */
    private void noteWithoutSlot(int row, long contact, Outcome outcome, ProbeEvent event) {
        long first = table.firstContact(row);
        boolean isFirst = Contact.isSame(first, contact);
        boolean isKnown = isFirst && Contact.outcome(first) != Outcome.PENDING;
        if (isFirst && !isKnown) {
            table.setFirstContact(row, Contact.with(first, outcome));
        }
        tellFailure(outcome == Outcome.FAILED && !isKnown, contact, event);
    }

    /** Who scans alone and at length is neither a decoy nor one of many: what he does is told by himself. */
    private boolean isLoud(int slot) {
        return evidence.isJudged(slot) && evidence.distinct(slot) > Limits.CONTACTS_PER_HOST;
    }

    private void tellFailure(boolean failed, long contact, ProbeEvent event) {
        if (failed) {
            fail(contact, event.family, event.destinationHi, event.destinationLo, event.sourceHi, event.sourceLo,
                    event.epochNanos, event);
        }
    }

    private void settle(ProbeEvent event) {
        long contact = pending.contact();
        int row = tracker.find(pending.family(), pending.sourceHi(), pending.sourceLo());
        boolean failed = row == HostRows.NONE ? Contact.outcome(contact) == Outcome.FAILED
                : settle(row, contact, event);
        if (failed) {
            fail(contact, pending.family(), pending.targetHi(), pending.targetLo(), pending.sourceHi(),
                    pending.sourceLo(), pending.epochNanos(), event);
        }
        if (Contact.isTrap(contact) && standsAsFailed(row, contact)) {
            sendProbe(contact, event.epochNanos);
        }
        pending.release();
    }

    private void fail(long contact, int family, long targetHi, long targetLo, long sourceHi, long sourceLo,
                      long epochNanos, ProbeEvent event) {
        DistributedScan found = crowd.fail(contact, family, targetHi, targetLo, sourceHi, sourceLo, epochNanos);
        event.distributed = found == null ? event.distributed : found;
    }

    /** Whether the contact has failed now, for the first time. */
    private boolean settle(int row, long contact, ProbeEvent event) {
        if (!hasSlot(row)) {
            boolean first = Contact.isSame(table.firstContact(row), contact);
            table.setFirstContact(row, first ? contact : table.firstContact(row));
            return first && Contact.outcome(contact) == Outcome.FAILED;
        }
        int slot = table.slot(row);
        int place = evidence.find(slot, contact);
        boolean failed = place == Evidence.NONE ? evidence.settleForgotten(slot, contact, event.epochNanos)
                : evidence.settle(slot, place, Contact.outcome(contact), event.epochNanos);
        if (Contact.isProof(contact)) {
            evidence.setProven(slot);
        }
        judge(row, slot, pending.family(), pending.sourceHi(), pending.sourceLo(), event);
        return failed && !isLoud(slot);
    }

    private void judge(int row, int slot, int family, long sourceHi, long sourceLo, ProbeEvent event) {
        table.raiseForPorts(row, evidence.failed(slot));
        if (!evidence.isJudged(slot) && !event.hasScan && shape.isScan(slot)) {
            evidence.setJudged(slot, sourceHi, sourceLo);
            describe(slot, family, sourceHi, sourceLo, event);
        }
    }

    private void describe(int slot, int family, long sourceHi, long sourceLo, ProbeEvent event) {
        evidence.setLookalikes(slot, Math.max(evidence.lookalikes(slot), crowd.lookalikes(family, sourceHi, sourceLo)));
        shape.describe(slot, trigger, event.scan);
        event.hasScan = event.scan.kinds != 0;
        event.scan.family = family;
        event.scan.sourceHi = sourceHi;
        event.scan.sourceLo = sourceLo;
    }

    /** Who was answered there before asks for a service that is down now, or goes on with a stream. */
    private boolean standsAsFailed(int row, long contact) {
        int place = row == HostRows.NONE || !hasSlot(row) ? Evidence.NONE
                : evidence.find(table.slot(row), contact);
        long known = place == Evidence.NONE ? contact : evidence.contact(table.slot(row), place);
        return Contact.outcome(contact) == Outcome.FAILED && Contact.outcome(known) == Outcome.FAILED;
    }

    /** A trap of another host was asked for and nobody answered: from now on a probe like any other. */
    private void sendProbe(long contact, long epochNanos) {
        ProbeEvent probe = toSelf.begin();
        probe.seenBy = ProbeSource.COMMAND;
        probe.epochNanos = epochNanos;
        probe.verdict = Verdict.PROBE;
        probe.family = pending.family();
        probe.sourceHi = pending.sourceHi();
        probe.sourceLo = pending.sourceLo();
        probe.scanType = Contact.type(contact);
        probe.protocol = Contact.transport(probe.scanType);
        probe.destinationPort = Contact.port(contact);
        probe.identity = Contact.identity(contact);
        toSelf.publish();
    }
}
