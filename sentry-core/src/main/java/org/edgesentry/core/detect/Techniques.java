package org.edgesentry.core.detect;

import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ScanType;

/**
 * How a source asks, in one long.
 *
 * <pre>
 *   bits 32-63  mask of techniques
 *   bit  31     from several source ports
 *   bits 16-30  flags of the last segment whose flags no technique names
 *   bits 0-15   the one source port, 0 when there are several
 * </pre>
 *
 * <p>Thread: any; keeps nothing.
 */
final class Techniques {

    private static final int MASK_SHIFT = 32;
    private static final long SEVERAL_PORTS = 1L << 31;
    private static final int FLAGS_SHIFT = 16;
    private static final long FLAGS_MASK = 0x7FFF;
    private static final long PORT_MASK = 0xFFFF;

    private Techniques() {
    }

    /** Of a first contact, of which no more is known. */
    static long of(ScanType type) {
        return 1L << MASK_SHIFT + type.ordinal();
    }

    static long with(long techniques, ProbeEvent event) {
        long named = techniques | of(event.scanType);
        if (event.scanType == ScanType.TCP_UNKNOWN) {
            named = named & ~(FLAGS_MASK << FLAGS_SHIFT) | (event.tcpFlags & FLAGS_MASK) << FLAGS_SHIFT;
        }
        return withPort(named, event.sourcePort);
    }

    private static long withPort(long techniques, int port) {
        int before = sourcePort(techniques);
        if (port == 0 || port == before || (techniques & SEVERAL_PORTS) != 0) {
            return techniques;
        }
        return before == 0 ? techniques | port : techniques & ~PORT_MASK | SEVERAL_PORTS;
    }

    static int mask(long techniques) {
        return (int) (techniques >>> MASK_SHIFT);
    }

    static int oddFlags(long techniques) {
        return (int) (techniques >>> FLAGS_SHIFT & FLAGS_MASK);
    }

    static int sourcePort(long techniques) {
        return (int) (techniques & PORT_MASK);
    }
}
