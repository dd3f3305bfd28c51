package org.edgesentry.netty.capture.method;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.edgesentry.core.net.AddressText;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.time.SystemWallClock;
import org.edgesentry.netty.capture.CaptureException;
import org.edgesentry.netty.capture.CaptureMethod;
import org.edgesentry.netty.capture.InterfaceSelection;
import org.edgesentry.netty.capture.PacketCapture;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.capture.ring.RingCapture;
import org.edgesentry.netty.host.HostView;
import org.edgesentry.netty.host.HostWatch;
import org.edgesentry.netty.host.Interfaces;

/**
 * The process under test: opens a capture, prints a line for each event and obeys commands on its standard input.
 * Arguments: method, interfaces (comma), TCP traps, UDP traps (first-last, or none), mode (print, count, stall).
 */
public final class CaptureChild {

    private static final CountDownLatch GO = new CountDownLatch(1);

    private CaptureChild() {
    }

    /** Ends with the standard input. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        InterfaceSelection interfaces = InterfaceSelection.of(List.of(arguments[1].split(",")));
        TrapFilter traps = new TrapFilter(ports(arguments[2]), ports(arguments[3]));
        HostView host = HostView.read().value();
        try (PacketCapture capture = open(arguments[0], interfaces, traps, () -> publisher(arguments[4]));
                HostWatch watch = HostWatch.start(host, new SystemWallClock(), now -> follow(capture, now))) {
            capture.start();
            System.out.println("READY " + capture.describe());
            obey(capture);
        } catch (CaptureException e) {
            System.out.println("FAILED " + e.getMessage());
        }
    }

    /** {@code ring*2} stands for two readers, whatever the machine has. */
    private static PacketCapture open(String method, InterfaceSelection interfaces, TrapFilter traps,
                                      Supplier<ProbePublisher> publishers) throws CaptureException {
        if (method.startsWith("ring*")) {
            return RingCapture.open(interfaces, Interfaces.read().value(), traps,
                    Integer.parseInt(method.substring("ring*".length())), publishers);
        }
        return PacketCaptures.open(CaptureMethod.ofName(method).orElseThrow(), interfaces, traps, publishers);
    }

    private static void follow(PacketCapture capture, HostView now) {
        capture.interfacesChanged(now.interfaces());
        System.out.println("FOLLOWED " + now.interfaces().names());
    }

    private static PortSet ports(String text) {
        if (text.equals("none")) {
            return PortSet.EMPTY;
        }
        String[] bounds = text.split("-");
        BitSet ports = new BitSet();
        int step = bounds.length > 2 ? Integer.parseInt(bounds[2]) : 1;
        for (int port = Integer.parseInt(bounds[0]); port <= Integer.parseInt(bounds[1]); port += step) {
            ports.set(port);
        }
        return PortSet.of(ports);
    }

    private static void obey(PacketCapture capture) throws IOException, InterruptedException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] word = line.split(" ");
            switch (word[0]) {
                case "statistics" -> System.out.println("STATISTICS " + capture.statistics());
                case "resources" -> System.out.println("RESOURCES descriptors=" + descriptors() + " threads="
                        + captureThreads());
                case "watch" -> watch(capture, word);
                case "question" -> question(word[1], Integer.parseInt(word[2]), Integer.parseInt(word[3]));
                case "listen" -> listen(Integer.parseInt(word[1]));
                case "connect" -> connect(word[1], Integer.parseInt(word[2]));
                case "allocated" -> System.out.println("ALLOCATED " + allocatedBytes());
                case "go" -> GO.countDown();
                case "close" -> close(capture);
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    /** TCP traps, UDP traps, source ports of questions. */
    private static void watch(PacketCapture capture, String[] word) {
        capture.watch(new TrapFilter(ports(word[1]), ports(word[2]), ports(word[3]), Optional.empty(),
                word.length > 4 && word[4].equals("gateway")));
        System.out.println("WATCHED");
    }

    /** Sends a datagram from the given port. */
    private static void question(String host, int port, int sourcePort) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(sourcePort)) {
            socket.send(new DatagramPacket(new byte[] {'?'}, 1, new InetSocketAddress(host, port)));
        }
        System.out.println("ASKED");
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    /** A service that echoes one byte to each connection. */
    private static void listen(int port) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(new InetSocketAddress(port));
        Thread service = new Thread(() -> {
            while (true) {
                try (Socket connection = server.accept()) {
                    connection.getOutputStream().write(connection.getInputStream().read());
                } catch (IOException e) {
                    System.out.println("SERVICE " + e);
                }
            }
        });
        service.setDaemon(true);
        service.start();
        System.out.println("LISTENING");
    }

    private static void connect(String host, int port) {
        try (Socket connection = new Socket()) {
            connection.connect(new InetSocketAddress(host, port), 2_000);
            System.out.println("CONNECTED");
        } catch (IOException e) {
            System.out.println("CONNECTED not: " + e.getMessage());
        }
    }

    private static void close(PacketCapture capture) {
        long start = System.nanoTime();
        capture.close();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        System.out.println("CLOSED alive=" + captureThreads() + " millis=" + millis);
    }

    private static long captureThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("sentry-capture")).count();
    }

    private static long allocatedBytes() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long bytes = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("sentry-capture")) {
                bytes += ((com.sun.management.ThreadMXBean) threads).getThreadAllocatedBytes(thread.getThreadId());
            }
        }
        return bytes;
    }

    private static ProbePublisher publisher(String mode) {
        ProbeEvent event = new ProbeEvent();
        Interfaces interfaces = Interfaces.read().value();
        return new ProbePublisher() {
            @Override
            public ProbeEvent begin() {
                event.clear();
                return event;
            }

            @Override
            public boolean publish() {
                switch (mode) {
                    case "print" -> System.out.println(describe(event, interfaces));
                    case "stall" -> awaitGo();
                    default -> {
                    }
                }
                return true;
            }
        };
    }

    private static void awaitGo() {
        try {
            GO.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String describe(ProbeEvent event, Interfaces interfaces) {
        long lateMicros = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) - event.epochNanos / 1_000;
        String name = interfaces.all().stream().filter(one -> one.index() == event.interfaceIndex)
                .map(Interfaces.Interface::name).findFirst().orElse("if" + event.interfaceIndex);
        return String.format("EVENT %s %s:%d > %s:%d flags=%02x window=%d if=%s options=%b evasion=%b %s %s%s"
                        + " by=%s late=%d",
                IpProtocol.name(event.protocol),
                AddressText.format(event.family, event.sourceHi, event.sourceLo), event.sourcePort,
                AddressText.format(event.family, event.destinationHi, event.destinationLo), event.destinationPort,
                event.tcpFlags, event.tcpWindow, name, event.ipOptions, event.fragmentEvasion, event.verdict,
                event.seenBy, event.outgoing ? " outgoing" : "", Thread.currentThread().getName(), lateMicros / 1_000);
    }
}
