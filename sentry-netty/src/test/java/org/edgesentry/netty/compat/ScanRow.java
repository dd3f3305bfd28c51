package org.edgesentry.netty.compat;

/**
 * A row of the table of scans: what nmap is told, and by which protocol and type the scan is to be named. Types are
 * expressions.
 */
enum ScanRow {

    CONNECT("-sT", "TCP", "TCP SYN/Normal scan", "Connect"),
    SYN("-sS", "TCP", "TCP SYN/Normal scan"),
    FIN("-sF", "TCP", "TCP FIN scan"),
    XMAS("-sX", "TCP", "TCP XMAS scan"),
    NULL("-sN", "TCP", "TCP NULL scan"),
    SYN_FIN("-sS --scanflags SYNFIN", "TCP",
            "Unknown Type: TCP Packet Flags: SYN: 1 FIN: 1 ACK: 0 PSH: 0 URG: 0 RST: 0"),
    URG_PSH("-sS --scanflags URGPSH", "TCP",
            "Unknown Type: TCP Packet Flags: SYN: 0 FIN: 0 ACK: 0 PSH: 1 URG: 1 RST: 0"),
    MAIMON("-sM", "TCP", "TCP Maimon scan"),
    ACK("-sA", "TCP", "TCP ACK scan"),
    WINDOW("-sW", "TCP", "TCP (ACK|Window) scan"),
    UDP("-sU", "UDP", "UDP", "Connect"),
    SCTP("-sY", "SCTP", "SCTP INIT scan"),
    FRAGMENTS("-f -sS", "TCP", "TCP SYN/Normal scan"),
    TINY_FRAGMENTS("-f -f -sF", "TCP", "TCP FIN scan"),
    IPV6_SYN("-6 -sS", "TCP", "TCP SYN/Normal scan"),
    IPV6_CONNECT("-6 -sT", "TCP", "TCP SYN/Normal scan", "Connect"),
    IPV6_FIN("-6 -sF", "TCP", "TCP FIN scan"),
    IPV6_UDP("-6 -sU", "UDP", "UDP", "Connect");

    private final String options;
    private final String protocol;
    private final String type;
    private final String connectType;

    /** A scan that completes no connection: modes that bind ports cannot see it. */
    ScanRow(String options, String protocol, String type) {
        this(options, protocol, type, "");
    }

    ScanRow(String options, String protocol, String type, String connectType) {
        this.options = options;
        this.protocol = protocol;
        this.type = type;
        this.connectType = connectType;
    }

    String protocol() {
        return protocol;
    }

    /** How modes that read packets name it. */
    String type() {
        return type;
    }

    /** How modes that bind ports name it; empty where they cannot see it. */
    String connectType() {
        return connectType;
    }

    /** Whether this mode has to see it. */
    boolean isSeenBy(Watcher watcher) {
        return watcher.captures() || !connectType.isEmpty();
    }

    private boolean isIpv6() {
        return options.startsWith("-6");
    }

    String sourceOf(Scanner scanner) {
        return isIpv6() ? scanner.v6() : scanner.v4();
    }

    /** Scans the ports. */
    void run(Scanner scanner, String ports) {
        if (isIpv6()) {
            scanner.nmap6(options.substring(3) + " -p " + ports);
        } else {
            scanner.nmap(options + " -p " + ports);
        }
    }
}
