package org.edgesentry.netty.lab;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two network namespaces, joined by a veth pair: a scanner (10.77.0.1, fd77::1, interface {@code far}) and a sensor
 * (10.77.0.2, fd77::2, interface {@code near}). Deleted on close, and when the JVM ends before.
 */
public final class TwoHosts implements AutoCloseable {

    /** IPv4 address of the scanner. */
    public static final String SCANNER_V4 = "10.77.0.1";
    /** IPv4 address of the sensor. */
    public static final String SENSOR_V4 = "10.77.0.2";
    /** IPv6 address of the scanner. */
    public static final String SCANNER_V6 = "fd77::1";
    /** IPv6 address of the sensor. */
    public static final String SENSOR_V6 = "fd77::2";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String scanner;
    private final String sensor;
    private final Thread atExit = new Thread(this::delete);

    /** Makes the namespaces; each pair is on its own. */
    public TwoHosts() {
        if (!Shell.run("id -u").strip().equals("0")) {
            throw new AssertionError("these tests make network namespaces: run them as root");
        }
        Shell.need("ip", "iproute2");
        String unique = "es-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        scanner = unique + "-far";
        sensor = unique + "-near";
        Runtime.getRuntime().addShutdownHook(atExit);
        Shell.run("ip netns add " + scanner);
        Shell.run("ip netns add " + sensor);
        for (String namespace : List.of(scanner, sensor)) {
            // Or addresses are unusable for a second or two, and routers are asked for.
            Shell.run(List.of("ip", "netns", "exec", namespace, "sh", "-c",
                    "cd /proc/sys/net/ipv6/conf/default && echo 0 > accept_dad && echo 0 > router_solicitations"));
            Shell.run("ip -n " + namespace + " link set lo up");
        }
        link("far", "near", "10.77.0", "fd77::");
    }

    /** One more pair of interfaces with addresses 1 (scanner) and 2 (sensor), ready to be used. */
    public void link(String far, String near, String network4, String network6) {
        Shell.run("ip -n " + scanner + " link add " + far + " type veth peer name " + near + " netns " + sensor);
        address(scanner, far, network4 + ".1/24", network6 + "1/64");
        address(sensor, near, network4 + ".2/24", network6 + "2/64");
        awaitRefusal(network4 + ".2");
        awaitRefusal(network6 + "2");
    }

    /** A fresh link is deaf for a moment; nmap asks for a neighbour but once. */
    private void awaitRefusal(String sensorAddress) {
        await().atMost(Duration.ofSeconds(20)).until(() -> onScannerBash("timeout 1 bash -c '</dev/tcp/" + sensorAddress
                + "/65000' 2>&1 || true").contains("refused"));
    }

    private static void address(String namespace, String name, String address4, String address6) {
        Shell.run("ip -n " + namespace + " addr add " + address4 + " dev " + name);
        Shell.run("ip -n " + namespace + " addr add " + address6 + " dev " + name + " nodad");
        Shell.run("ip -n " + namespace + " link set " + name + " up");
    }

    /** Runs a command line on the scanner; its output. */
    public String onScanner(String commandLine) {
        return Shell.run("ip netns exec " + scanner + " " + commandLine);
    }

    /** A script for bash, which can open connections by itself. */
    public String onScannerBash(String script) {
        return Shell.run(List.of("ip", "netns", "exec", scanner, "bash", "-c", script));
    }

    /** Runs a command line on the sensor; its output. */
    public String onSensor(String commandLine) {
        return Shell.run("ip netns exec " + sensor + " " + commandLine);
    }

    /** The words that run something in the sensor's namespace. */
    public List<String> sensorPrefix() {
        return new ArrayList<>(List.of("ip", "netns", "exec", sensor));
    }

    /** The words that run something in the scanner's namespace. */
    public List<String> scannerPrefix() {
        return new ArrayList<>(List.of("ip", "netns", "exec", scanner));
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        delete();
    }

    private void delete() {
        for (String namespace : List.of(scanner, sensor)) {
            try {
                Shell.run("ip netns delete " + namespace);
            } catch (AssertionError e) {
                System.err.println(e.getMessage());
            }
        }
    }
}
