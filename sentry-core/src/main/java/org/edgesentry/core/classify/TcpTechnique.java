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

    /** The bits above the nine flags of RFC 9293 and RFC 3168; none is in use. */
    private static final int RESERVED = 0xE00;
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
        boolean answer = (classicFlags & TcpFlags.RST) != 0 || (classicFlags & synAck) == synAck;
        return answer && !opensAndEnds(classicFlags);
    }

    private static boolean opensAndEnds(int classicFlags) {
        return (classicFlags & TcpFlags.SYN) != 0 && (classicFlags & (TcpFlags.FIN | TcpFlags.RST)) != 0;
    }

    /**
     * The technique of a segment with ACK that belongs to no connection. PSH says nothing: some systems set it on
     * whatever ends a connection; nor does URG.
     */
    static ScanType ofAcknowledging(int classicFlags) {
        return of(classicFlags & ~(TcpFlags.PSH | TcpFlags.URG));
    }

    /** Whether no honest program sends these flags: neither an opening nor part of a connection. */
    static boolean isOdd(int tcpFlags) {
        int flags = tcpFlags & TcpFlags.CLASSIC;
        boolean reserved = (tcpFlags & RESERVED) != 0 && flags == TcpFlags.SYN;
        return reserved || opensAndEnds(flags)
                || (flags & (TcpFlags.ACK | TcpFlags.RST)) == 0 && flags != TcpFlags.SYN;
    }

    /** The technique of a segment with odd flags; a reserved bit beside SYN is nmap's way to ask for ECN. */
    static ScanType ofOdd(int tcpFlags) {
        int flags = tcpFlags & TcpFlags.CLASSIC;
        return flags == TcpFlags.SYN ? ScanType.OS_FINGERPRINT : of(flags);
    }

    /** The technique that these of the six classic flags make. */
    static ScanType of(int classicFlags) {
        return BY_FLAGS[classicFlags];
    }
}
