package org.edgesentry.netty.compat;

import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;

/**
 * The lab of the black-box tests: two hosts on one wire. The scanning host takes a new address for each test, so that
 * nothing that is known of one scanner counts for the next, and a daemon can serve many tests.
 *
 * <p>Thread: the test's.
 */
final class ScanLab implements AutoCloseable {

    private final TwoHosts hosts = new TwoHosts();
    private int scanners;

    ScanLab() {
        Shell.need("nmap", "nmap");
        Shell.need("nft", "nftables");
        Shell.need("python3", "python3");
        // Where the addresses of scanners are: 10.78.x.y, and a /64 of its own for each.
        hosts.onSensor("ip route add 10.78.0.0/16 dev near");
        hosts.onSensor("ip -6 route add fd78::/32 dev near");
    }

    TwoHosts hosts() {
        return hosts;
    }

    /** A scanner that nobody knows yet; from now on, whatever the scanning host sends comes from its addresses. */
    Scanner newScanner() {
        scanners++;
        Scanner scanner = new Scanner(hosts, "10.78.0." + scanners, "fd78:0:" + Integer.toHexString(scanners) + "::1");
        hosts.onScanner("ip addr add " + scanner.v4() + "/32 dev far");
        hosts.onScanner("ip -6 addr add " + scanner.v6() + "/128 dev far nodad");
        scanner.sendsFromHere();
        return scanner;
    }

    /** Lifts all blocks, and whatever else stands in the sensor's firewall. */
    void clearFirewall() {
        hosts.onSensor("nft flush ruleset");
    }

    @Override
    public void close() {
        hosts.close();
    }
}
