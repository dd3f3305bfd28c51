package org.edgesentry.bench;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Ethernet frames in direct buffers, as a capture hands them over. Each is a SYN to port 111. Thread: any. */
final class Frames {

    /** Where the source address of {@link #ipv4} begins. */
    static final int IPV4_SOURCE_AT = 26;
    /** Where the destination port of {@link #ipv4} begins. */
    static final int IPV4_PORT_AT = 36;
    /** Where the sequence number of {@link #ipv4} begins. */
    static final int IPV4_SEQUENCE_AT = 38;

    private static final String ETHERNET = "020000000001 020000000002";
    /** 198.51.100.7 to 192.0.2.1. */
    private static final String IPV4 = "45000028 00000000 40060000 C6336407 C0000201";
    /** 2001:db8:7::7 to 2001:db8::1; 44 bytes follow, the first of them hop-by-hop options. */
    private static final String IPV6 = "60000000 002C 00 40 20010DB8000700000000000000000007"
            + "20010DB8000000000000000000000001";
    private static final String HOP_BY_HOP_THEN_ROUTING = "2B00010400000000";
    private static final String ROUTING_THEN_DESTINATION = "3C00040000000000";
    private static final String DESTINATION_THEN_TCP = "0600010400000000";
    private static final String TCP_SYN = "9C40 006F 000003E8 00000000 5002 0400 0000 0000";

    private Frames() {
    }

    /** TCP over IPv4. */
    static ByteBuffer ipv4() {
        return direct(ETHERNET + "0800" + IPV4 + TCP_SYN);
    }

    /** TCP over IPv6 behind hop-by-hop options, a routing header and destination options. */
    static ByteBuffer ipv6WithExtensions() {
        return direct(ETHERNET + "86DD" + IPV6 + HOP_BY_HOP_THEN_ROUTING + ROUTING_THEN_DESTINATION
                + DESTINATION_THEN_TCP + TCP_SYN);
    }

    /** TCP over IPv4 behind a service tag and a customer tag (802.1ad). */
    static ByteBuffer qinq() {
        return direct(ETHERNET + "88A80001 81000002 0800" + IPV4 + TCP_SYN);
    }

    private static ByteBuffer direct(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
