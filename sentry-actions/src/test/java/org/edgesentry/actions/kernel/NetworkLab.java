package org.edgesentry.actions.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Two network namespaces joined by a cable: the host that the firewall protects, and the world outside with several
 * addresses. Names are unique, and the namespaces are deleted whatever happens, also when the test run is stopped.
 */
public final class NetworkLab implements AutoCloseable {

    /** The protected host. */
    public static final String HOST4 = "198.51.100.1";
    /** The protected host. */
    public static final String HOST6 = "2001:db8:1::1";
    /** Two sources outside. */
    public static final List<String> SOURCES4 = List.of("198.51.100.2", "198.51.100.3");
    /** Two sources in one /64, and a third in another. */
    public static final List<String> SOURCES6 = List.of("2001:db8:1::bad", "2001:db8:1::900d", "2001:db8:2::1234");

    private static int labs;

    private final String host;
    private final String outside;
    private final List<AutoCloseable> agents = new ArrayList<>();
    private boolean closed;

    /** Lays the cable. */
    public NetworkLab() {
        Tools.require("ip", "iproute2");
        String name = "es" + ProcessHandle.current().pid() + "x" + ++labs;
        this.host = name + "h";
        this.outside = name + "o";
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        try {
            ip("netns", "add", host);
            ip("netns", "add", outside);
            ip("-n", host, "link", "add", "wire", "type", "veth", "peer", "name", "wire", "netns", outside);
            address(host, HOST4 + "/24", HOST6 + "/64", "2001:db8:2::1/64");
            SOURCES4.forEach(source -> address(outside, source + "/24"));
            SOURCES6.forEach(source -> address(outside, source + "/64"));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static void address(String namespace, String... addresses) {
        ip("-n", namespace, "link", "set", "lo", "up");
        ip("-n", namespace, "link", "set", "wire", "up");
        for (String address : addresses) {
            if (address.indexOf(':') < 0) {
                ip("-n", namespace, "address", "add", address, "dev", "wire");
            } else {
                ip("-n", namespace, "address", "add", address, "dev", "wire", "nodad");
            }
        }
    }

    private static void ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(Arrays.asList(arguments));
        Tools.run(command);
    }

    /** A process on the protected host. */
    public NamespaceAgent.Remote onHost(String... wrapper) {
        return agent(host, wrapper);
    }

    /** A process in the world outside. */
    public NamespaceAgent.Remote outside() {
        return agent(outside);
    }

    private NamespaceAgent.Remote agent(String namespace, String... wrapper) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        command.addAll(Arrays.asList(wrapper));
        NamespaceAgent.Remote agent = NamespaceAgent.start(command);
        agents.add(agent);
        return agent;
    }

    /** The output of a command on the protected host. */
    public String runOnHost(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", host));
        command.addAll(Arrays.asList(arguments));
        return Tools.run(command);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (AutoCloseable agent : agents) {
            closeQuietly(agent);
        }
        for (String namespace : List.of(host, outside)) {
            closeQuietly(() -> ip("netns", "delete", namespace));
        }
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            // What was never made cannot be taken away; the rest must still be.
            return;
        }
    }
}
