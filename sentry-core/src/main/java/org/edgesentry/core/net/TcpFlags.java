package org.edgesentry.core.net;

/** TCP header flag bits (RFC 9293, section 3.1). */
public final class TcpFlags {

    /** FIN. */
    public static final int FIN = 0x01;
    /** SYN. */
    public static final int SYN = 0x02;
    /** RST. */
    public static final int RST = 0x04;
    /** PSH. */
    public static final int PSH = 0x08;
    /** ACK. */
    public static final int ACK = 0x10;
    /** URG. */
    public static final int URG = 0x20;
    /** The six flags of RFC 793; ECE, CWR and AE say nothing about the kind of probe. */
    public static final int CLASSIC = FIN | SYN | RST | PSH | ACK | URG;

    private TcpFlags() {
    }
}
