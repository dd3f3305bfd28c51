package org.edgesentry.netty.host.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.ProbeEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both questions to the running kernel, about sockets of this process on the loopback interface. */
class SocketLookupIT {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private SocketLookup lookup;
    private SocketList list;

    @BeforeEach
    void open() throws IOException {
        lookup = new SocketLookup(DiagSocket.open());
        list = new SocketList(DiagSocket.open());
    }

    @AfterEach
    void close() {
        lookup.close();
        list.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void listener_whileItRuns_isFound(String address) throws IOException {
        InetSocketAddress bound;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName(address))) {
            bound = (InetSocketAddress) server.getLocalSocketAddress();
            assertThat(lookup.wouldTake(Packets.syn(bound))).isTrue();
            assertThat(list.read(OpenServices.NONE).wouldTake(Packets.syn(bound))).isTrue();
            assertThat(list.read(OpenServices.NONE).reachable(IpProtocol.TCP).contains(bound.getPort())).isFalse();
        }
        assertThat(lookup.wouldTake(Packets.syn(bound))).isFalse();
        assertThat(list.read(OpenServices.NONE).wouldTake(Packets.syn(bound))).isFalse();
    }

    @Test
    void listener_onOneAddress_isNotFoundOnAnother() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            ProbeEvent elsewhere = Packets.syn("127.0.0.9", 40_000, "127.0.0.2", server.getLocalPort());
            assertThat(lookup.wouldTake(elsewhere)).isFalse();
            assertThat(list.read(OpenServices.NONE).wouldTake(elsewhere)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.9, 127.0.0.2", "::1, ::1"})
    void listener_ofBothFamilies_isFoundByEach(String from, String to) throws IOException {
        try (ServerSocket server = new ServerSocket(0)) {
            ProbeEvent event = Packets.syn(from, 40_000, to, server.getLocalPort());
            assertThat(lookup.wouldTake(event)).isTrue();
            OpenServices open = list.read(OpenServices.NONE);
            assertThat(open.wouldTake(event)).isTrue();
            assertThat(open.everywhere().tcp(true).contains(server.getLocalPort())).isTrue();
        }
    }

    /** An FTP data port is open until its one client has come. */
    @Test
    void connection_whoseListenerIsGone_isFoundByItsOwnPacketsOnly() throws IOException {
        int port;
        try (Socket client = new Socket()) {
            Socket accepted;
            try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
                port = server.getLocalPort();
                client.connect(server.getLocalSocketAddress());
                accepted = server.accept();
            }
            ProbeEvent own = Packets.syn("127.0.0.1", client.getLocalPort(), "127.0.0.1", port);
            assertThat(lookup.wouldTake(own)).isTrue();
            assertThat(list.read(OpenServices.NONE).wouldTake(own)).isFalse();
            assertThat(lookup.wouldTake(Packets.syn("127.0.0.1", Packets.STRANGE_PORT, "127.0.0.1", port))).isFalse();

            // The side that closes first keeps the connection in TIME-WAIT.
            accepted.close();
            client.close();
            assertThat(lookup.wouldTake(own)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void datagramSocket_withoutPeer_isFoundByAnybody(String address) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(address))) {
            ProbeEvent event = Packets.datagram(address, 40_000, address, socket.getLocalPort());
            assertThat(lookup.wouldTake(event)).isTrue();
            assertThat(list.read(OpenServices.NONE).wouldTake(event)).isTrue();
            socket.close();
            assertThat(lookup.wouldTake(event)).isFalse();
            assertThat(list.read(OpenServices.NONE).wouldTake(event)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void datagramSocket_withPeer_isFoundByThatPeerOnly(String address) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(address))) {
            socket.connect(InetAddress.getByName(address), 53);
            ProbeEvent answer = Packets.datagram(address, 53, address, socket.getLocalPort());
            assertThat(lookup.wouldTake(answer)).isTrue();
            ProbeEvent scan = Packets.datagram(address, 54, address, socket.getLocalPort());
            assertThat(lookup.wouldTake(scan)).isFalse();
            assertThat(list.read(OpenServices.NONE).wouldTake(scan)).isFalse();
        }
    }

    /** A list that walked the connections would take a hundred times as long, or more. */
    @Test
    void list_withTenThousandConnections_costsTheSame() throws IOException {
        long alone = fastestReadNanos();
        List<AutoCloseable> open = new ArrayList<>();
        try {
            openConnections(open, 10_000);
            long crowded = fastestReadNanos();
            System.out.printf("list of open sockets: %d us, with 10,000 connections %d us%n", alone / 1_000,
                    crowded / 1_000);
            assertThat(crowded).isLessThan(5 * alone + 1_000_000);
        } finally {
            for (AutoCloseable one : open) {
                closeQuietly(one);
            }
        }
    }

    @Test
    void wouldTake_allocatesNothing() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            ProbeEvent open = Packets.syn((InetSocketAddress) server.getLocalSocketAddress());
            ProbeEvent closed = Packets.syn("127.0.0.1", 40_000, "127.0.0.1", Packets.STRANGE_PORT);
            askBoth(open, closed, 50_000);
            long begin = System.nanoTime();
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            long between = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            askBoth(open, closed, 50_000);
            long after = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            System.out.printf("look-up of a packet: %d ns%n", (System.nanoTime() - begin) / 100_000);
            assertThat(after - between - (between - before)).isZero();
        }
    }

    private void askBoth(ProbeEvent open, ProbeEvent closed, int times) {
        for (int i = 0; i < times; i++) {
            if (!lookup.wouldTake(open) || lookup.wouldTake(closed)) {
                throw new AssertionError("wrong answer in round " + i);
            }
        }
    }

    private long fastestReadNanos() throws IOException {
        long fastest = Long.MAX_VALUE;
        OpenServices before = OpenServices.NONE;
        for (int i = 0; i < 200; i++) {
            long begin = System.nanoTime();
            before = list.read(before);
            fastest = Math.min(fastest, System.nanoTime() - begin);
        }
        return fastest;
    }

    /** The far ends wait in the listener's queue, which needs no descriptor. */
    private static void openConnections(List<AutoCloseable> open, int count) throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        for (int i = 0; i < count; i++) {
            if (i % 2_000 == 0) {
                open.add(new ServerSocket(0, 4_000, loopback));
            }
            ServerSocket server = (ServerSocket) open.get(i / 2_000 * 2_001);
            open.add(SocketChannel.open(server.getLocalSocketAddress()));
        }
    }

    private static void closeQuietly(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            System.err.println("not closed: " + e.getMessage());
        }
    }
}
