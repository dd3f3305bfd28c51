package org.edgesentry.netty.daemon;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.time.WallClock;
import org.edgesentry.netty.capture.PacketSink;

/**
 * A SYN flood that nobody sent, as the packet ring would bring it: batch after batch, by turns of one source and of
 * many, so that the JVM meets both ways through the handlers before it decides how to compile them.
 *
 * <p>Thread: one.
 */
final class RehearsedFlood {

    /** With fewer, the compiler is not through with the whole way; these take it two seconds. */
    private static final int PROBES = 100_000;
    private static final int PROBES_A_TURN = 10_000;
    private static final int BATCH = 256;
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** The net for benchmarks, 198.18.0.0/15 (RFC 2544): nobody on the Internet sends from there. */
    private static final int NOBODYS_NET = 0xC612_0000;
    private static final int SOURCES = 1 << 15;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    /** An IPv4 header and a TCP header that asks for a connection. */
    private static final byte[] SYN = {0x45, 0, 0, 40, 0, 1, 0, 0, 64, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        (byte) 0x80, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 2, 4, 0, 0, 0, 0, 0};
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;
    private static final int PORT = 22;
    private static final int SEQUENCE = 24;

    private final ByteBuffer frame = ByteBuffer.allocateDirect(SYN.length).put(0, SYN);
    private final int[] traps;
    private final WallClock clock;
    private final ThreadLocalRandom random = ThreadLocalRandom.current();
    private int sent;

    /**
     * @param target an IPv4 address of this host
     * @param traps what is asked for
     */
    RehearsedFlood(Cidr target, PortSet traps, WallClock clock) {
        frame.putInt(DESTINATION, (int) target.lo());
        this.traps = traps.toArray();
        this.clock = clock;
    }

    /** Whether all of it was sent. */
    boolean isOver() {
        return sent >= PROBES;
    }

    /** As much of it as there is room for; where there is none, a rest. */
    void sendTo(PacketSink sink) {
        int room = sink.beginBatch(BATCH);
        if (room == 0) {
            LockSupport.parkNanos(REST_NANOS);
            return;
        }
        for (int i = 0; i < room; i++) {
            next();
            sink.accept(ETHERTYPE_IPV4, frame, 0, SYN.length, clock.epochNanos(), 0, false);
        }
        sink.endBatch();
    }

    private void next() {
        boolean ofMany = sent++ / PROBES_A_TURN % 2 == 0;
        frame.putInt(SOURCE, NOBODYS_NET + (ofMany ? random.nextInt(SOURCES) : 0));
        frame.putShort(PORT, (short) traps[random.nextInt(traps.length)]);
        frame.putInt(SEQUENCE, random.nextInt());
    }
}
