package org.edgesentry.netty.capture.ring;

/**
 * Size of the packet ring, and the layout of a slot of TPACKET_V2 on a cooked socket
 * (linux/if_packet.h, Documentation/networking/packet_mmap.rst). All header fields are in the byte order of the
 * machine, except the protocol, which is in network order.
 *
 * <pre>
 *      0            4           8          12      14      16      20       24        32
 *      +------------+-----------+-----------+-------+-------+-------+--------+---------+
 *      | tp_status  |  tp_len   | snaplen   |tp_mac |tp_net |tp_sec |tp_nsec | vlan .. |   struct tpacket2_hdr
 *      +------+-----+---+-------+--+---+----+---+---+-------+-------+--------+---------+
 *   32 |family|protocol | ifindex  |hatype |type|len| address                              struct sockaddr_ll
 *      +------+---------+----------+-------+----+---+--
 *   80 | IP header and what follows, up to the end of the slot
 * </pre>
 */
final class RingLayout {

    /**
     * Slot: 80 bytes of header and 176 of packet. That is the longest IPv4 header (60) with the longest TCP header
     * (60), or an IPv6 header with some 110 bytes of extension headers.
     */
    static final int SLOT_BYTES = 256;

    /** At a flood of 500,000 probes a second the reader may pause for 65 ms (to collect garbage) before any is lost. */
    static final int SLOTS = 32_768;

    /** The kernel allocates in blocks; this is a multiple of every page size of x86_64 and aarch64 (4, 16, 64 KiB). */
    static final int BLOCK_BYTES = 64 * 1024;

    /** 8 MiB. */
    static final int RING_BYTES = SLOTS * SLOT_BYTES;

    /** Where the packet begins when the kernel reserves nothing more; a test on the real kernel holds this. */
    static final int PACKET_OFFSET = 80;

    /** What of a packet fits into a slot. */
    static final int SNAP_BYTES = SLOT_BYTES - PACKET_OFFSET;

    /** What is read of a packet with more headers than fit into a slot: a longer chain of them is no honest traffic. */
    static final int LONG_SNAP_BYTES = 432;

    static final int STATUS = 0;
    static final int CAPTURED_LENGTH = 8;
    static final int NETWORK_OFFSET = 14;
    static final int SECONDS = 16;
    static final int NANOSECONDS = 20;
    static final int ADDRESS = 32;
    static final int PROTOCOL = ADDRESS + 2;
    static final int INTERFACE_INDEX = ADDRESS + 4;
    static final int PACKET_TYPE = ADDRESS + 10;
    /** sll_pkttype: this host sent it (PACKET_OUTGOING of packet(7)); the kernel says so, no sender can. */
    static final byte TYPE_OUTGOING = 4;

    /** tp_status: the slot belongs to the kernel. */
    static final int STATUS_KERNEL = 0;
    /** tp_status: bit that is set while the slot is ours. */
    static final int STATUS_USER = 1;
    /** tp_status: bit that is set where the packet was longer than the slot and waits as a whole beside the ring. */
    static final int STATUS_COPY = 2;
    /** tp_status: the frame carried a VLAN tag. */
    static final int STATUS_VLAN_VALID = 0x10;

    private RingLayout() {
    }
}
