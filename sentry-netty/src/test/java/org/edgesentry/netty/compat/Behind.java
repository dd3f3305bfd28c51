package org.edgesentry.netty.compat;

import java.util.List;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;

/** A third host behind the sensor, which forwards to it and publishes port 81 of it as its own. Thread: the test's. */
final class Behind implements AutoCloseable {

    /** Its address. */
    static final String ADDRESS = "10.90.0.2";

    private final TwoHosts hosts;
    private final String name = "es-" + ProcessHandle.current().pid() + "-behind";

    Behind(TwoHosts hosts) {
        this.hosts = hosts;
        Shell.run("ip netns add " + name);
        hosts.onSensor("ip link add inner type veth peer name outer");
        hosts.onSensor("ip link set outer netns " + name);
        hosts.onSensor("ip addr add 10.90.0.1/24 dev inner");
        hosts.onSensor("ip link set inner up");
        Shell.run("ip -n " + name + " addr add " + ADDRESS + "/24 dev outer");
        Shell.run("ip -n " + name + " link set outer up");
        Shell.run("ip -n " + name + " route add default via 10.90.0.1");
        hosts.onSensor("sysctl -q -w net.ipv4.ip_forward=1");
        hosts.onScanner("ip route replace 10.90.0.0/24 via " + TwoHosts.SENSOR_V4);
        hosts.onSensor("nft add table ip published");
        hosts.onSensor("nft add chain ip published ports { type nat hook prerouting priority dstnat ; }");
        hosts.onSensor("nft add rule ip published ports iifname near tcp dport 81 dnat to " + ADDRESS);
    }

    /** The words that run something there. */
    List<String> prefix() {
        return List.of("ip", "netns", "exec", name);
    }

    @Override
    public void close() {
        Shell.run("ip netns delete " + name);
        hosts.onSensor("nft delete table ip published");
        hosts.onScanner("ip route del 10.90.0.0/24");
    }
}
