package org.edgesentry.netty.capture.filter;

/**
 * Where a cooked packet socket finds what a filter asks for: packet types (packet(7)), and offsets from the beginning
 * of the IP header (RFC 791, RFC 8200) or of the transport header.
 */
final class PacketFields {

    /** PACKET_HOST, PACKET_BROADCAST, PACKET_MULTICAST; above it is somebody else's, outgoing or internal. */
    static final int HIGHEST_INBOUND_TYPE = 2;
    /** PACKET_OUTGOING. */
    static final int OUTGOING_TYPE = 4;
    static final int VLAN_ID = 0x0fff;

    static final int IPV4_TOTAL_LENGTH = 2;
    static final int IPV4_FRAGMENT = 6;
    static final int IPV4_PROTOCOL = 9;
    static final int IPV4_FRAGMENT_OFFSET = 0x1fff;
    static final int IPV6_NEXT_HEADER = 6;
    static final int IPV6_HEADER_BYTES = 40;
    /** In an extension header: its length in units of 8 bytes beyond the first. */
    static final int EXTENSION_LENGTH = 1;
    static final int EXTENSION_BYTES = 8;

    static final int SOURCE_PORT = 0;
    static final int DESTINATION_PORT = 2;
    static final int TCP_RESERVED = 12;
    static final int TCP_FLAGS = 13;
    static final int ICMP_TYPE = 0;

    private PacketFields() {
    }
}
