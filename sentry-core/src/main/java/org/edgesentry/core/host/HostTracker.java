package org.edgesentry.core.host;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.detect.Contact;
import org.edgesentry.core.hash.AddressHashes;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.UpcomingEvents;

/**
 * Adds each probe to what is known of its host: is it a hit or a retransmission, has the host reached the trigger. Asks
 * {@link ScanLines} for its line.
 *
 * <p>Thread: pipeline only.
 */
final class HostTracker {

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(Limits.SCAN_QUIET_SECONDS);

    private final AddressHashes hashes;
    private final long[] upcoming = new long[Limits.PROBES_FORESEEN];
    private final HostTable table;
    private final PortMemory ports;
    private HostKey hostKey;
    private ScanRules rules;
    private final ScanLines lines;
    private int nextToForget;

    HostTracker(HostRules rules, int maxHosts, int maxHostsWithPorts, SipHash hash, AddressHashes hashes) {
        this.hashes = hashes;
        this.table = new HostTable(maxHosts, maxHostsWithPorts, hash);
        this.ports = table.ports();
        this.lines = new ScanLines(table);
        use(rules);
    }

    /** From now on by these rules; what is known of hosts stays. */
    void use(HostRules newest) {
        hostKey = newest.key();
        rules = newest.scan();
        table.evidence().halveIn(rules.windowNanos());
    }

    HostTable table() {
        return table;
    }

    ScanLines lines() {
        return lines;
    }

    /** How many leading bits of an IPv6 address stand for its host. */
    int prefixLength(long hi, long lo) {
        return hostKey.prefixLength(AddressFamily.IPV6, hi, lo);
    }

    /** The row of a source, or {@link HostRows#NONE}. */
    int find(int family, long sourceHi, long sourceLo) {
        return find(family, sourceHi, sourceLo, hostKey.prefixLength(family, sourceHi, sourceLo));
    }

    private int find(int family, long sourceHi, long sourceLo, int prefixLength) {
        long hi = hostKey.keyHi(family, sourceHi, prefixLength);
        long lo = hostKey.keyLo(family, sourceLo, prefixLength);
        return table.find(hashes.hash(hi, lo), hi, lo);
    }

    /** Packets of these sources come next; those of this host itself are nobody's probes. */
    void foresee(UpcomingEvents events) {
        int count = 0;
        for (int i = 0; i < events.count(); i++) {
            ProbeEvent event = events.event(i);
            if (event.kind == EventKind.PROBE && !event.outgoing) {
                int prefixLength = hostKey.prefixLength(event.family, event.sourceHi, event.sourceLo);
                upcoming[count++] = hashes.hash(hostKey.keyHi(event.family, event.sourceHi, prefixLength),
                        hostKey.keyLo(event.family, event.sourceLo, prefixLength));
            }
        }
        table.foresee(upcoming, count);
    }

    /** Takes a probe in; the row of its host is good until the next probe. */
    int track(ProbeEvent event) {
        int row = findFresh(event);
        if (row == HostRows.NONE) {
            row = trackNew(event);
        } else if (isFirstContact(row, event)) {
            beginHits(row, event);
        } else if (table.hasSlotFor(row, event.epochNanos)) {
            trackKnown(row, event);
        } else {
            trackCrowded(row, event);
        }
        if (event.provesSource()) {
            table.setState(row, HostState.withProven(table.state(row)));
        }
        event.triggered = table.hits(row) >= Math.max(1, rules.trigger());
        return row;
    }

    /** Takes a contact in that is no probe of a trap; the row is good as above. */
    int meet(ProbeEvent event) {
        int row = findFresh(event);
        if (row == HostRows.NONE) {
            return add(event);
        }
        table.touch(row, event.epochNanos);
        if (table.hasSlotFor(row, event.epochNanos)) {
            ports.noteAddress(slotOf(row), event.sourceLo);
        }
        return row;
    }

    /** The row of the event's source unless it was silent so long that it is forgotten. */
    private int findFresh(ProbeEvent event) {
        event.blockPrefixLength = hostKey.prefixLength(event.family, event.sourceHi, event.sourceLo);
        int row = find(event.family, event.sourceHi, event.sourceLo, event.blockPrefixLength);
        if (row != HostRows.NONE && isSilent(row, event.epochNanos)) {
            table.remove(row);
            return HostRows.NONE;
        }
        return row;
    }

    private int add(ProbeEvent event) {
        long hi = hostKey.keyHi(event.family, event.sourceHi, event.blockPrefixLength);
        long lo = hostKey.keyLo(event.family, event.sourceLo, event.blockPrefixLength);
        return table.add(hashes.hash(hi, lo), hi, lo, Contact.of(event), event.epochNanos);
    }

    private int trackNew(ProbeEvent event) {
        int row = add(event);
        beginHits(row, event);
        return row;
    }

    private void beginHits(int row, ProbeEvent event) {
        table.setHits(row, 1);
        lines.reportFirst(event);
    }

    /**
     * Whether the probe is the one contact that made the row, now that nobody has answered it: no second packet, so it
     * earns no slot. Else forged sources, one packet each, would push out those that came twice.
     */
    private boolean isFirstContact(int row, ProbeEvent event) {
        return event.seenBy == ProbeSource.COMMAND && table.hits(row) == 0
                && !HostState.hasPorts(table.state(row)) && isFirstAgain(row, event);
    }

    /** Whether the packet is the same as the first of a host without a slot. */
    private boolean isFirstAgain(int row, ProbeEvent event) {
        long first = table.firstContact(row);
        return Contact.portKey(first) == portKey(event) && Contact.identity(first) == Contact.identity(event);
    }

    private void trackKnown(int row, ProbeEvent event) {
        long silentNanos = event.epochNanos - table.lastNanos(row);
        table.touch(row, event.epochNanos);
        int slot = slotOf(row);
        if (silentNanos > QUIET_NANOS) {
            ports.beginScan(slot);
        }
        ports.noteTechnique(slot, event.scanType);
        ports.countProbe(slot);
        ports.noteAddress(slot, event.sourceLo);
        int port = portKey(event);
        int place = ports.find(slot, port);
        int identity = Contact.identity(event);
        if (place == PortMemory.NONE) {
            place = ports.remember(slot, port, identity);
            table.raiseForPorts(row, ports.portCount(slot));
            countHit(row);
        } else if (ports.identity(slot, place) != identity) {
            ports.setIdentity(slot, place, identity);
            countHit(row);
        }
        lines.report(slot, place, event);
    }

    /** One of too many that come again: what it asked for first is all that is known of its ports. */
    private void trackCrowded(int row, ProbeEvent event) {
        table.touch(row, event.epochNanos);
        if (table.hits(row) == 0 || !isFirstAgain(row, event)) {
            countHit(row);
        }
        lines.foldFurther();
    }

    private int slotOf(int row) {
        return HostState.hasPorts(table.state(row)) ? table.slot(row) : openSlot(row);
    }

    /** The contact that the host began with moves into the memory. A probe has had its line, or was one too many. */
    private int openSlot(int row) {
        long first = table.firstContact(row);
        long addressLo = table.addressLo(row);
        int slot = table.openSlot(row);
        ports.noteAddress(slot, addressLo);
        if (table.hits(row) > 0) {
            ports.countProbe(slot);
            ports.markReported(slot, ports.remember(slot, Contact.portKey(first), Contact.identity(first)));
            ports.countLine(slot);
        }
        return slot;
    }

    private void countHit(int row) {
        int hits = table.hits(row);
        table.setHits(row, hits == Integer.MAX_VALUE ? hits : hits + 1);
    }

    /** Forgets hosts that have been silent for the window, a bounded number at a time. */
    void forgetSilent(long nowNanos) {
        int left = Limits.FORGOTTEN_PER_TICK;
        for (int level = 1; level < HostState.LEVELS; level++) {
            int row = table.oldest(level);
            while (row != HostRows.NONE && left-- > 0 && isSilent(row, nowNanos)) {
                table.remove(row);
                row = table.oldest(level);
            }
        }
        forgetSilentNewcomers(nowNanos, left);
    }

    /** Goes on where it stopped at the last tick, so that in time it comes to all of them. */
    private void forgetSilentNewcomers(long nowNanos, int most) {
        int row = table.newcomerFrom(nextToForget);
        for (int left = most; row != HostRows.NONE && left > 0; left--) {
            if (isSilent(row, nowNanos)) {
                table.remove(row);
            }
            nextToForget = row + 1;
            row = table.newcomerFrom(nextToForget);
        }
        nextToForget = row == HostRows.NONE ? 0 : row;
    }

    private boolean isSilent(int row, long nowNanos) {
        return nowNanos - table.lastNanos(row) > rules.windowNanos();
    }

    private static int portKey(ProbeEvent event) {
        return Contact.portKey(Contact.of(event));
    }
}
