package org.edgesentry.netty.compat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;

/** What the kernel's set and the ledger hold, read from outside of the daemon. Thread: the test's. */
final class BlocksHeld {

    private static final Pattern ELEMENT =
            Pattern.compile("\"val\": \"([0-9.]+)\", \"timeout\": \\d+, \"expires\": (\\d+)");

    private BlocksHeld() {
    }

    /** Seconds left of each IPv4 address in the set; nothing while there is no such set. */
    static Map<String, Long> inSet(TwoHosts hosts) {
        Map<String, Long> left = new HashMap<>();
        Matcher element = ELEMENT.matcher(listing(hosts));
        while (element.find()) {
            left.put(element.group(1), Long.parseLong(element.group(2)));
        }
        return left;
    }

    /** Asks for one alone: the kernel may leave some out of a long listing while it enlarges the set. */
    static boolean isInSet(TwoHosts hosts, String address) {
        try {
            return hosts.onSensor("nft get element inet edge_sentry blocked4 { " + address + " }").contains(address);
        } catch (AssertionError notThere) {
            return false;
        }
    }

    private static String listing(TwoHosts hosts) {
        try {
            return hosts.onSensor("nft -j list set inet edge_sentry blocked4");
        } catch (AssertionError noSet) {
            return "";
        }
    }

    /** Addresses of the blocks in the ledger that are in force, each with its end in milliseconds since 1970. */
    static Map<String, Long> inLedger(Path stateDirectory) {
        Map<String, Long> until = new HashMap<>();
        String file = stateDirectory.resolve("ledger.db").toString();
        String rows = Shell.run(List.of("sqlite3", "-readonly", "-cmd", ".timeout 2000", file,
                "SELECT target || ' ' || ifnull(until / 1000000, 9e15) FROM blocks WHERE ended IS NULL"));
        rows.lines().map(row -> row.split(" ")).forEach(row -> until.put(row[0], (long) Double.parseDouble(row[1])));
        return until;
    }
}
