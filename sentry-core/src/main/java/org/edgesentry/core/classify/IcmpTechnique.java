package org.edgesentry.core.classify;

import org.edgesentry.core.net.IcmpType;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ScanType;

/**
 * Names an ICMP question. One with a code that is not 0 is made to see how the answer treats it: nmap sends an echo
 * request with code 9 (nmap book, "IE"), xprobe2 one with 123.
 *
 * <p>Thread: any; keeps nothing.
 */
final class IcmpTechnique {

    private IcmpTechnique() {
    }

    static ScanType of(ProbeEvent event) {
        boolean nodeInformation = event.messageType == IcmpType.INFORMATION_V6;
        if (event.messageCode != 0 && !nodeInformation) {
            return ScanType.OS_FINGERPRINT;
        }
        return switch (event.messageType) {
            case IcmpType.TIMESTAMP -> ScanType.ICMP_TIMESTAMP;
            case IcmpType.MASK -> ScanType.ICMP_MASK;
            case IcmpType.INFORMATION, IcmpType.INFORMATION_V6 -> ScanType.ICMP_INFORMATION;
            default -> ScanType.ICMP_ECHO;
        };
    }
}
