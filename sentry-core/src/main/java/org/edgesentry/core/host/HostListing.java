package org.edgesentry.core.host;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.command.HostSnapshot;
import org.edgesentry.core.detect.Contact;
import org.edgesentry.core.detect.Evidence;
import org.edgesentry.core.ledger.ProbedPort;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;

/**
 * Tells the operator which hosts are remembered: those that would be forgotten last come first. Copying ten thousand
 * takes a few milliseconds, which the ring covers.
 *
 * <p>Thread: pipeline only; allocates what it hands out.
 */
final class HostListing {

    /** A failed contact multiplies the odds by four, {@link org.edgesentry.core.detect.Weight}. */
    private static final double ODDS_OF_A_FAILURE = 4;

    private final HostTable table;
    private final HostTracker tracker;

    HostListing(HostTracker tracker) {
        this.tracker = tracker;
        this.table = tracker.table();
    }

    /** At most so many hosts. */
    List<HostSnapshot> list(int limit) {
        int most = Math.min(limit, Limits.HOSTS_LISTED);
        List<HostSnapshot> hosts = new ArrayList<>(Math.min(most, table.size()));
        for (int level = HostState.LEVELS - 1; level >= 0; level--) {
            int row = table.newest(level);
            while (row != HostRows.NONE && hosts.size() < most) {
                hosts.add(snapshot(row));
                row = table.older(row);
            }
        }
        return hosts;
    }

    private HostSnapshot snapshot(int row) {
        int state = table.state(row);
        boolean hasSlot = HostState.hasPorts(state);
        Evidence evidence = table.evidence();
        double odds = hasSlot ? Math.pow(ODDS_OF_A_FAILURE, evidence.evidence(table.slot(row))) : 0;
        boolean judged = hasSlot && evidence.isJudged(table.slot(row));
        return new HostSnapshot(host(row), table.firstNanos(row), table.lastNanos(row), table.hits(row), ports(row),
                odds, judged, HostState.isProven(state), block(state), blockedUntil(row));
    }

    private Cidr host(int row) {
        long hi = table.addressHi(row);
        long lo = table.addressLo(row);
        if (HostKey.isIpv4(hi, lo)) {
            return Cidr.ofAddress(AddressFamily.IPV4, 0, lo & 0xFFFF_FFFFL);
        }
        return new Cidr(AddressFamily.IPV6, hi, lo, tracker.prefixLength(hi, lo));
    }

    private List<String> ports(int row) {
        if (!HostState.hasPorts(table.state(row))) {
            return table.hits(row) > 0 ? List.of(text(Contact.portKey(table.firstContact(row)))) : List.of();
        }
        int slot = table.slot(row);
        List<String> ports = new ArrayList<>();
        for (int place = 0; place < table.ports().portCount(slot); place++) {
            ports.add(text(table.ports().portKey(slot, place)));
        }
        return ports;
    }

    private static String text(int portKey) {
        return new ProbedPort(portKey >>> 16, portKey & 0xFFFF).toString();
    }

    private static HostSnapshot.Block block(int state) {
        return switch (HostState.status(state)) {
            case HostState.PENDING -> HostSnapshot.Block.PENDING;
            case HostState.BLOCKED -> HostSnapshot.Block.BLOCKED;
            default -> HostSnapshot.Block.NONE;
        };
    }

    private long blockedUntil(int row) {
        if (HostState.status(table.state(row)) != HostState.BLOCKED) {
            return 0;
        }
        long millis = table.blockMillis(row);
        return millis == BlockDesk.WITHOUT_END ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
