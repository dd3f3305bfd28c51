package org.edgesentry.bench;

import java.nio.ByteBuffer;
import org.edgesentry.core.decode.DecodeStatus;
import org.edgesentry.core.decode.FrameDecoder;
import org.edgesentry.core.decode.LinkType;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * A SYN scan by many hosts at once, a probe each microsecond: one frame in a direct buffer that becomes the next probe
 * by rewriting source, port and sequence number. It is the same from run to run.
 *
 * <p>Thread: one; allocates nothing once made.
 */
final class SynScan {

    private static final long START_NANOS = 1_795_342_530_000_000_000L;
    private static final long NANOS_PER_PROBE = 1_000;
    private static final int FIRST_SOURCE = 0x0A00_0000;
    private static final int PORT_MASK = 1_023;

    private final int hosts;
    private final ByteBuffer frame = Frames.ipv4();
    private final FrameDecoder decoder = new FrameDecoder(1, 2);
    private long random = 42;
    private long probes;

    SynScan(int hosts) {
        this.hosts = hosts;
    }

    /** Decodes a probe of this host into the event. */
    DecodeStatus probeFrom(int host, ProbeEvent event) {
        probes++;
        frame.putInt(Frames.IPV4_SOURCE_AT, FIRST_SOURCE + host);
        frame.putShort(Frames.IPV4_PORT_AT, (short) (1 + (probes & PORT_MASK)));
        frame.putInt(Frames.IPV4_SEQUENCE_AT, (int) probes);
        event.clear();
        event.epochNanos = START_NANOS + probes * NANOS_PER_PROBE;
        return decoder.decode(LinkType.ETHERNET, frame, 0, frame.limit(), event);
    }

    /** Decodes a probe of a host chosen at random (D. Knuth's 64-bit linear congruential generator, MMIX). */
    DecodeStatus nextProbe(ProbeEvent event) {
        random = random * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
        return probeFrom((int) ((random >>> 33) * hosts >>> 31), event);
    }
}
