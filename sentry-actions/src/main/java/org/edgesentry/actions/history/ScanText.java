package org.edgesentry.actions.history;

import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.net.AddressText;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ScanType;

/** What lines about scans have in common, whatever their form. Thread: any. */
public final class ScanText {

    private ScanText() {
    }

    static String address(ActionRequest request) {
        return AddressText.format(request.family, request.sourceHi, request.sourceLo);
    }

    static String type(ActionRequest probe) {
        return type(probe.scanType, probe.tcpFlags);
    }

    /** The technique; of a TCP packet that no technique explains, the flags. */
    public static String type(ScanType type, int tcpFlags) {
        return type == ScanType.TCP_UNKNOWN ? type.text() + ": " + flags(tcpFlags) : type.text();
    }

    /** What a line says of probes without one. */
    static String folded(ActionRequest closing) {
        return closing.closingProbes + " probes, " + closing.closingFolded + " without a line of their own";
    }

    /** What the rest of all hosts comes to, since the last such line. */
    static String rest(ActionRequest rest) {
        return rest.closingFolded + " probes of up to " + rest.closingHosts
                + " more hosts have no line of their own: there were too many";
    }

    private static String flags(int flags) {
        return "SYN: " + bit(flags, TcpFlags.SYN) + " FIN: " + bit(flags, TcpFlags.FIN)
                + " ACK: " + bit(flags, TcpFlags.ACK) + " PSH: " + bit(flags, TcpFlags.PSH)
                + " URG: " + bit(flags, TcpFlags.URG) + " RST: " + bit(flags, TcpFlags.RST);
    }

    private static int bit(int flags, int flag) {
        return (flags & flag) == 0 ? 0 : 1;
    }
}
