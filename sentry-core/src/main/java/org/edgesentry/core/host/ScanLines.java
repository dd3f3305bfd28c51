package org.edgesentry.core.host;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.limits.LineBudget;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * Which probes have a line of their own, and which are folded. A host has lines for its first ports, then one that sums
 * up: when its scan has ended, or every ten minutes while it goes on. All lines of all hosts come out of one budget;
 * what it has no line for is in the rest, which has one line a minute. So every probe is in a line, or counted in one.
 *
 * <p>Thread: pipeline only.
 */
final class ScanLines {

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(Limits.SCAN_QUIET_SECONDS);
    private static final long SUMMARY_NANOS = TimeUnit.SECONDS.toNanos(Limits.SUMMARY_SECONDS);
    private static final long REST_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Scans looked at per question, so that a full queue never holds up the probes behind it. */
    private static final int LOOKED_AT_ONCE = 4_096;

    private final HostTable table;
    private final PortMemory ports;
    private final FoldedRest rest;
    private final ClosingQueue closing = new ClosingQueue(Limits.HOSTS_WITH_PORTS);
    private final LineBudget lines = new LineBudget(Limits.LINES_BURST, Limits.LINES_PER_MINUTE);
    private long folded;
    private long restSaidNanos;

    ScanLines(HostTable table) {
        this.table = table;
        this.ports = table.ports();
        this.rest = ports.rest();
    }

    /** Probes without a line of their own so far. */
    long folded() {
        return folded;
    }

    /** The first probe of a host, which owns no slot yet. */
    void reportFirst(ProbeEvent event) {
        event.reported = lines.tryTakeOfNewcomer(event.epochNanos);
        if (!event.reported) {
            folded++;
            rest.add(1);
        }
    }

    /** A further probe of a host that still owns none: with so many hosts, the first had no line either. */
    void foldFurther() {
        folded++;
        rest.addFurther();
    }

    /** A further probe, whose port stands at this place of the host's slot. */
    void report(int slot, int place, ProbeEvent event) {
        boolean entitled = !ports.isReported(slot, place) && ports.linesOfThisScan(slot) < Limits.LINES_PER_SCAN;
        if (entitled && lines.tryTake(event.epochNanos)) {
            ports.markReported(slot, place);
            ports.countLine(slot);
            event.reported = true;
        } else {
            fold(slot, event.epochNanos);
        }
    }

    private void fold(int slot, long epochNanos) {
        folded++;
        ports.setFolded(slot, ports.folded(slot) + 1);
        if (!ports.isQueued(slot)) {
            ports.setQueued(slot, true);
            closing.add(slot, epochNanos);
        }
    }

    /** The probe that shuts its source out has a line all the same, within bounds of its own. */
    void insist(int row, ProbeEvent event) {
        if (event.reported || !HostState.hasPorts(table.state(row))) {
            return;
        }
        int slot = table.slot(row);
        int mostLines = Limits.LINES_PER_SCAN + Limits.BLOCK_LINES_PER_SCAN;
        if (ports.linesOfThisScan(slot) < mostLines && lines.tryTake(event.epochNanos)) {
            ports.countLine(slot);
            ports.setFolded(slot, ports.folded(slot) - 1);
            folded--;
            event.reported = true;
        }
    }

    /**
     * Writes the next line that sums up into the event.
     *
     * @param all whether every scan counts as ended, since the daemon stops
     * @return whether to ask again: there may be more
     */
    boolean closeNext(ProbeEvent event, boolean all) {
        int look = all ? closing.size() : Math.min(closing.size(), LOOKED_AT_ONCE);
        for (; look > 0; look--) {
            long sinceNanos = closing.nextSinceNanos();
            int slot = closing.poll();
            int row = ports.hostRow(slot);
            if (row == HostRows.NONE || ports.folded(slot) == 0) {
                ports.setQueued(slot, false);
                continue;
            }
            boolean ended = all || event.epochNanos - table.lastNanos(row) > QUIET_NANOS;
            if (!ended && !isDue(event.epochNanos - sinceNanos)) {
                closing.add(slot, sinceNanos);
            } else if (sumUp(row, slot, event, ended)) {
                return true;
            }
        }
        sumUpRest(event, all);
        return false;
    }

    /** Also when it began in the future: then the clock has stepped back, and that may be by a year. */
    private static boolean isDue(long waitedNanos) {
        return waitedNanos > SUMMARY_NANOS || waitedNanos < -QUIET_NANOS;
    }

    private boolean sumUp(int row, int slot, ProbeEvent event, boolean ended) {
        boolean hasLine = lines.tryTakeSum(event.epochNanos);
        if (hasLine) {
            write(row, slot, event);
            event.closingOngoing = !ended;
        } else {
            rest.add(ports.folded(slot));
        }
        ports.setQueued(slot, false);
        ports.setFolded(slot, 0);
        return hasLine;
    }

    private void write(int row, int slot, ProbeEvent event) {
        long hi = table.addressHi(row);
        boolean ipv4 = HostKey.isIpv4(hi, table.addressLo(row));
        event.family = ipv4 ? AddressFamily.IPV4 : AddressFamily.IPV6;
        event.sourceHi = ipv4 ? 0 : hi;
        event.sourceLo = ipv4 ? table.addressLo(row) & 0xFFFF_FFFFL : ports.lastAddressLo(slot);
        event.closingProbes = ports.probes(slot);
        event.closingFolded = ports.folded(slot);
        event.closingFirstNanos = table.firstNanos(row);
    }

    private void sumUpRest(ProbeEvent event, boolean now) {
        long waitedNanos = event.epochNanos - restSaidNanos;
        boolean due = waitedNanos >= REST_NANOS || waitedNanos < 0;
        if (rest.probes() > 0 && (now || due)) {
            event.closingHosts = rest.hosts();
            event.closingProbes = rest.probes();
            event.closingFolded = rest.probes();
            rest.clear();
            restSaidNanos = event.epochNanos;
        }
    }
}
