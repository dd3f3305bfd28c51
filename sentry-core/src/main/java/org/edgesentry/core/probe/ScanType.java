package org.edgesentry.core.probe;

/** The technique of a probe, with the words that history and log lines use for it. */
public enum ScanType {

    /** Not named yet. */
    NONE("none"),
    /** A completed TCP handshake with a trap. */
    CONNECT("Connect"),
    /** TCP without any flag. */
    TCP_NULL("TCP NULL scan"),
    /** TCP with FIN, PSH and URG. */
    TCP_XMAS("TCP XMAS scan"),
    /** TCP with FIN alone. */
    TCP_FIN("TCP FIN scan"),
    /** TCP with SYN alone. */
    TCP_SYN("TCP SYN/Normal scan"),
    /** TCP with FIN and ACK, after Uriel Maimon, Phrack 49-15. */
    TCP_MAIMON("TCP Maimon scan"),
    /** TCP with ACK alone; a Window scan looks the same on the wire. */
    TCP_ACK("TCP ACK scan"),
    /** A UDP datagram. */
    UDP("UDP"),
    /** SCTP with an INIT chunk. */
    SCTP_INIT("SCTP INIT scan"),
    /** SCTP with a COOKIE ECHO chunk. */
    SCTP_COOKIE_ECHO("SCTP COOKIE-ECHO scan"),
    /** A header cut into fragments so small that filters cannot read it (RFC 1858, RFC 7112). */
    FRAGMENT_EVASION("Fragment evasion"),
    /** An ICMP echo request, as one of many. */
    ICMP_ECHO("ICMP sweep"),
    /** An ICMP timestamp request. */
    ICMP_TIMESTAMP("ICMP timestamp sweep"),
    /** An ICMP address mask request. */
    ICMP_MASK("ICMP address mask sweep"),
    /** An ICMP information request, an ICMPv6 node information query. */
    ICMP_INFORMATION("ICMP information sweep"),
    /** A packet of a protocol that is neither TCP, UDP, SCTP nor ICMP. */
    IP_PROTOCOL("IP protocol scan"),
    /** A packet whose only use is to tell operating systems apart by their answer (nmap -O, xprobe2). */
    OS_FINGERPRINT("OS fingerprint probe"),
    /** A SYN from the port of FTP data, without an FTP session: a server that is made to scan for somebody else. */
    FTP_BOUNCE("FTP bounce scan"),
    /** TCP with flags that no other type names; the log line spells them out. */
    TCP_UNKNOWN("Unknown Type: TCP Packet Flags");

    private static final ScanType[] BY_CODE = values();

    private final String text;

    ScanType(String text) {
        this.text = text;
    }

    /** The words in the log. */
    public String text() {
        return text;
    }

    /** This type as one bit of a mask. */
    public int bit() {
        return 1 << ordinal();
    }

    /** Whether no honest program sends it, so that no answer could make it honest. */
    public boolean isCrafted() {
        return switch (this) {
            case TCP_NULL, TCP_FIN, TCP_XMAS, TCP_UNKNOWN, SCTP_COOKIE_ECHO, OS_FINGERPRINT, FRAGMENT_EVASION -> true;
            default -> false;
        };
    }

    /** The type with this ordinal. */
    public static ScanType ofCode(int code) {
        return BY_CODE[code];
    }
}
