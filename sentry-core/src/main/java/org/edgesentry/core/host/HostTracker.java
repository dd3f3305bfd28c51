package org.edgesentry.core.host;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * Adds each probe to what is known of its host: is it a hit or a retransmission, has the host reached the trigger. Asks
 * {@link ScanLines} for its line.
 *
 * <p>Thread: pipeline only.
 */
final class HostTracker {

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(Limits.SCAN_QUIET_SECONDS);

    private final HostTable table;
    private final PortMemory ports;
    private HostKey hostKey;
    private ScanRules rules;
    private final ScanLines lines;

    HostTracker(HostRules rules, int maxHosts, SipHash hash) {
        this.table = new HostTable(maxHosts, Math.min(maxHosts, Limits.HOSTS_WITH_PORTS), hash);
        this.ports = table.ports();
        this.lines = new ScanLines(table);
        use(rules);
    }

    /** From now on by these rules; what is known of hosts stays. */
    void use(HostRules newest) {
        hostKey = newest.key();
        rules = newest.scan();
    }

    HostTable table() {
        return table;
    }

    ScanLines lines() {
        return lines;
    }

    /** The row of the event's source, or {@link HostRows#NONE}. */
    int find(ProbeEvent event) {
        int prefixLength = hostKey.prefixLength(event.family, event.sourceHi, event.sourceLo);
        return table.find(hostKey.keyHi(event.family, event.sourceHi, prefixLength),
                hostKey.keyLo(event.family, event.sourceLo, prefixLength));
    }

    /** Takes a probe in; the row of its host is good until the next probe. */
    int track(ProbeEvent event) {
        int prefixLength = hostKey.prefixLength(event.family, event.sourceHi, event.sourceLo);
        long hi = hostKey.keyHi(event.family, event.sourceHi, prefixLength);
        long lo = hostKey.keyLo(event.family, event.sourceLo, prefixLength);
        event.blockPrefixLength = prefixLength;
        int row = table.find(hi, lo);
        if (row != HostRows.NONE && event.epochNanos - table.lastNanos(row) > rules.windowNanos()) {
            table.remove(row);
            row = HostRows.NONE;
        }
        row = row == HostRows.NONE ? trackNew(hi, lo, event) : trackKnown(row, event);
        if (event.provesSource()) {
            table.setState(row, HostState.withProven(table.state(row)));
        }
        event.triggered = table.hits(row) >= rules.trigger();
        return row;
    }

    private int trackNew(long hi, long lo, ProbeEvent event) {
        int row = table.add(hi, lo, event.epochNanos);
        table.setFirstPort(row, (long) portKey(event) << 32 | Integer.toUnsignedLong(event.identity));
        lines.reportFirst(event);
        return row;
    }

    private int trackKnown(int row, ProbeEvent event) {
        long silentNanos = event.epochNanos - table.lastNanos(row);
        table.touch(row, event.epochNanos);
        int slot = HostState.hasPorts(table.state(row)) ? table.slot(row) : openSlot(row);
        if (silentNanos > QUIET_NANOS) {
            ports.beginScan(slot);
        }
        ports.noteTechnique(slot, event.scanType);
        ports.countProbe(slot, event.sourceLo);
        int place = ports.find(slot, portKey(event));
        if (place == PortMemory.NONE) {
            place = ports.remember(slot, portKey(event), event.identity);
            table.raiseForPorts(row, ports.portCount(slot));
            countHit(row);
        } else if (ports.identity(slot, place) != event.identity) {
            ports.setIdentity(slot, place, event.identity);
            countHit(row);
        }
        lines.report(slot, place, event);
        return row;
    }

    /** The port that the host began with moves into the memory; its line is written, or was one too many. */
    private int openSlot(int row) {
        long first = table.firstPort(row);
        long addressLo = table.addressLo(row);
        int slot = table.openSlot(row);
        ports.countProbe(slot, addressLo);
        ports.markReported(slot, ports.remember(slot, (int) (first >>> 32), (int) first));
        ports.countLine(slot);
        return slot;
    }

    private void countHit(int row) {
        int hits = table.hits(row);
        table.setHits(row, hits == Integer.MAX_VALUE ? hits : hits + 1);
    }

    /** Forgets hosts that have been silent for the window, a bounded number at a time. */
    void forgetSilent(long nowNanos) {
        int left = Limits.FORGOTTEN_PER_TICK;
        for (int level = 0; level < HostState.LEVELS; level++) {
            int row = table.oldest(level);
            while (row != HostRows.NONE && left-- > 0 && nowNanos - table.lastNanos(row) > rules.windowNanos()) {
                table.remove(row);
                row = table.oldest(level);
            }
        }
    }

    private static int portKey(ProbeEvent event) {
        return event.protocol << 16 | event.destinationPort;
    }
}
