package org.edgesentry.netty.daemon;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.EtherType;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.time.WallClock;
import org.edgesentry.netty.capture.PacketSink;

/**
 * A flood that nobody sent, as the packet ring would bring it, batch after batch: SYN to the traps, by turns of one
 * source, of some that come again and of many that do not, and a few packets of other kinds among them. The JVM
 * compiles for what it has seen, and begins anew when something else comes, so each way through the handlers is to be
 * met here.
 *
 * <p>Thread: one.
 */
final class RehearsedFlood {

    /** With fewer, the compiler is not through with the whole way; these take it two seconds. */
    private static final int PROBES = 100_000;
    private static final int PROBES_A_TURN = 5_000;
    private static final int[] SOURCES = {1, 4_096, 65_536};
    /** One packet in so many is none of the flood. */
    private static final int OTHERS = 32;
    private static final int BATCH = 256;
    /** The compiler works beside it, and what is not compiled yet is to be met again. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** The net for benchmarks, 198.18.0.0/15 (RFC 2544): nobody on the Internet sends from there. */
    private static final int NOBODYS_NET = 0xC612_0000;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;
    private static final int PORT = 22;
    private static final int SEQUENCE = 24;
    private static final int FLAGS = 33;
    private static final int IPV6_DESTINATION = 24;
    private static final int IPV6_PORT = 42;

    private final ByteBuffer tcp = frame("45000028 00010000 40060000 00000000 00000000"
            + "80010000 00000001 00000000 50020400 00000000");
    private final ByteBuffer udp = frame("4500001c 00010000 40110000 c6130001 00000000 80010000 00080000");
    private final ByteBuffer echo = frame("4500001c 00010000 40010000 c6130002 00000000 08000000 00010001");
    /** From the net for documentation (RFC 3849). */
    private final ByteBuffer tcp6 = frame("60000000 00140640 20010db8 00000000 00000000 00000001"
            + "00000000 00000000 00000000 00000000 80010000 00000001 00000000 50020400 00000000");
    private final int[] traps;
    private final WallClock clock;
    private final ThreadLocalRandom random = ThreadLocalRandom.current();
    private int sent;

    /**
     * @param target an IPv4 address of this host
     * @param own all of them
     * @param traps what is asked for
     */
    RehearsedFlood(Cidr target, List<Cidr> own, PortSet traps, WallClock clock) {
        this.traps = traps.toArray();
        this.clock = clock;
        List.of(tcp, udp, echo).forEach(frame -> frame.putInt(DESTINATION, (int) target.lo()));
        udp.putShort(PORT, (short) this.traps[0]);
        tcp6.putShort(IPV6_PORT, (short) this.traps[0]);
        own.stream().filter(address -> address.family() == AddressFamily.IPV6).forEach(address ->
                tcp6.putLong(IPV6_DESTINATION, address.hi()).putLong(IPV6_DESTINATION + Long.BYTES, address.lo()));
    }

    private static ByteBuffer frame(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return ByteBuffer.allocateDirect(bytes.length).put(0, bytes);
    }

    /** Whether all of it was sent. */
    boolean isOver() {
        return sent >= PROBES;
    }

    /** As much of it as there is room for, and a rest. */
    void sendTo(PacketSink sink) {
        int room = sink.beginBatch(BATCH);
        if (room > 0) {
            for (int i = 0; i < room; i++) {
                send(sink);
            }
            sink.endBatch();
        }
        LockSupport.parkNanos(REST_NANOS);
    }

    private void send(PacketSink sink) {
        int sources = SOURCES[sent++ / PROBES_A_TURN % SOURCES.length];
        tcp.putInt(SOURCE, NOBODYS_NET + random.nextInt(sources));
        tcp.putShort(PORT, (short) traps[random.nextInt(traps.length)]);
        tcp.putInt(SEQUENCE, random.nextInt());
        tcp.put(FLAGS, (byte) TcpFlags.SYN);
        switch (random.nextInt(OTHERS)) {
            case 0 -> send(sink, EtherType.IPV6, tcp6);
            case 1 -> send(sink, EtherType.IPV4, udp);
            case 2 -> send(sink, EtherType.IPV4, echo);
            case 3 -> send(sink, EtherType.IPV4, tcp.put(FLAGS, (byte) TcpFlags.RST));
            case 4 -> send(sink, EtherType.IPV4, tcp.put(FLAGS, (byte) TcpFlags.ACK));
            case 5 -> send(sink, EtherType.IPV4, tcp.putShort(PORT, (short) 0));
            default -> send(sink, EtherType.IPV4, tcp);
        }
    }

    private void send(PacketSink sink, int etherType, ByteBuffer frame) {
        sink.accept(etherType, frame, 0, frame.capacity(), clock.epochNanos(), 0, false);
    }
}
