package org.edgesentry.netty.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.edgesentry.netty.lab.TwoHosts;

/**
 * One source of scans: an IPv4 address and an IPv6 address in a /64 of its own. What it does ends by itself within
 * seconds, answered or not.
 *
 * <p>Thread: the test's.
 *
 * @param hosts where it is
 * @param v4 its IPv4 address
 * @param v6 its IPv6 address
 */
record Scanner(TwoHosts hosts, String v4, String v6) {

    /** The ports that every comparison of scan detectors here asks for. */
    static final String PORTS = "1,11,15,79,111,119,143,540,635";

    private static final String NMAP = "nmap -n -Pn --send-ip --min-rate 1000 --max-retries 0 --host-timeout 10s "
            + "--initial-rtt-timeout 200ms --max-rtt-timeout 300ms ";

    /** Makes this scanner the one that speaks when nothing else is said. */
    void sendsFromHere() {
        hosts.onScanner("ip route replace 10.77.0.0/24 dev far src " + v4);
        hosts.onScanner("ip -6 route replace fd77::/64 dev far metric 1 src " + v6);
    }

    /** nmap with these options against the sensor's IPv4 address. */
    String nmap(String options) {
        return hosts.onScanner(NMAP + options + " " + TwoHosts.SENSOR_V4);
    }

    /** nmap with these options against the sensor's IPv6 address. */
    String nmap6(String options) {
        return hosts.onScanner(NMAP + "-6 " + options + " " + TwoHosts.SENSOR_V6);
    }

    /** What a TCP connection to the sensor reads until its end, a second at most; or why there was none. */
    String connect(int port) {
        return connect(TwoHosts.SENSOR_V4, port);
    }

    String connect(String address, int port) {
        return hosts.onScannerBash("timeout 1 bash -c 'cat < /dev/tcp/" + address + "/" + port + "' 2>&1 || true");
    }

    /** Sends one UDP datagram to the sensor. */
    void datagram(int port) {
        hosts.onScannerBash("echo probe > /dev/udp/" + TwoHosts.SENSOR_V4 + "/" + port);
    }

    /** Sends packets made by hand: what packets.py lists under this name. */
    String send(String kindAndArguments) {
        return hosts.onScanner("python3 " + script() + " " + kindAndArguments);
    }

    /** Begins what packets.py does under this name, for as long as the process lives. */
    static Process begin(TwoHosts hosts, String kindAndArguments) {
        List<String> command = hosts.scannerPrefix();
        command.addAll(List.of("python3", script().toString()));
        command.addAll(List.of(kindAndArguments.split(" ")));
        try {
            return new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path script() {
        try {
            return Path.of(Scanner.class.getResource("packets.py").toURI());
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
