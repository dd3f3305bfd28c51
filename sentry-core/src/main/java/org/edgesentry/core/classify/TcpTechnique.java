package org.edgesentry.core.classify;

import java.util.Arrays;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ScanType;

/**
 * Names a TCP probe by its flags, as nmap's manual ("Port Scanning Techniques") and PortSentry name them.
 *
 * <p>Thread: immutable table; allocates nothing.
 */
final class TcpTechnique {

    private static final ScanType[] BY_FLAGS = new ScanType[TcpFlags.CLASSIC + 1];

    static {
        Arrays.fill(BY_FLAGS, ScanType.TCP_UNKNOWN);
        BY_FLAGS[0] = ScanType.TCP_NULL;
        BY_FLAGS[TcpFlags.SYN] = ScanType.TCP_SYN;
        BY_FLAGS[TcpFlags.FIN] = ScanType.TCP_FIN;
        BY_FLAGS[TcpFlags.ACK] = ScanType.TCP_ACK;
        BY_FLAGS[TcpFlags.FIN | TcpFlags.ACK] = ScanType.TCP_MAIMON;
        BY_FLAGS[TcpFlags.FIN | TcpFlags.PSH | TcpFlags.URG] = ScanType.TCP_XMAS;
    }

    private TcpTechnique() {
    }

    /** Whether a segment with these flags answers, and never asks: RST, SYN-ACK. */
    static boolean answers(int classicFlags) {
        int synAck = TcpFlags.SYN | TcpFlags.ACK;
        return (classicFlags & TcpFlags.RST) != 0 || (classicFlags & synAck) == synAck;
    }

    /** The technique that these of the six classic flags make. */
    static ScanType of(int classicFlags) {
        return BY_FLAGS[classicFlags];
    }
}
