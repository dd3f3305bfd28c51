package org.edgesentry.netty.host.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.edgesentry.core.classify.UsedPorts;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.time.SystemWallClock;
import org.edgesentry.core.time.WallClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the one who follows is told of sockets that this process opens and closes. */
class OwnServicesFollowIT {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final WallClock clock = new SystemWallClock();
    private final UsedPorts used = new UsedPorts();
    private final List<ServedPorts> told = new CopyOnWriteArrayList<>();
    private OwnServices services;

    @BeforeEach
    void open() throws IOException {
        services = OwnServices.open(used, clock);
        services.follow(told::add);
    }

    @AfterEach
    void close() {
        services.close();
    }

    @Test
    void service_openedAndClosed_isToldAndRemembered() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0)) {
            port = server.getLocalPort();
            await().atMost(PATIENCE).until(() -> latest().tcp(true).contains(port));
            assertThat(used.contains(port, clock.epochNanos())).isTrue();
        }
        await().atMost(PATIENCE).until(() -> !latest().tcp(true).contains(port));
        assertThat(used.contains(port, clock.epochNanos())).isTrue();
    }

    @Test
    void datagramService_openedAndClosed_isTold() throws IOException {
        int port;
        try (DatagramSocket server = new DatagramSocket()) {
            port = server.getLocalPort();
            await().atMost(PATIENCE).until(() -> latest().udp(true).contains(port));
        }
        await().atMost(PATIENCE).until(() -> !latest().udp(true).contains(port));
    }

    @Test
    void service_onLoopback_isNeitherToldNorRemembered() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
                ServerSocket witness = new ServerSocket(0)) {
            await().atMost(PATIENCE).until(() -> latest().tcp(true).contains(witness.getLocalPort()));
            assertThat(latest().tcp(false).contains(server.getLocalPort())).isFalse();
            assertThat(used.contains(server.getLocalPort(), clock.epochNanos())).isFalse();
        }
    }

    /** Faster than the list is read: the kernel is asked. */
    @Test
    void lookup_ofAServiceThatJustStarted_knowsIt() throws IOException {
        try (ServerSocket server = new ServerSocket(0)) {
            ProbeEvent client = Packets.syn("127.0.0.1", 40_000, "127.0.0.1", server.getLocalPort());
            client.epochNanos = clock.epochNanos();
            assertThat(services.lookup().wouldTake(client)).isTrue();
        }
    }

    private ServedPorts latest() {
        return told.isEmpty() ? ServedPorts.NONE : told.get(told.size() - 1);
    }
}
