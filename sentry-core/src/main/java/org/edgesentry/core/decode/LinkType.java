package org.edgesentry.core.decode;

/**
 * The link layers that the decoder reads, by their number in capture files and in libpcap (tcpdump.org/linktypes.html).
 *
 * <p>Thread: immutable.
 */
public enum LinkType {

    /** BSD loopback: an address family in the byte order of the machine that captured. */
    NULL(0),
    /** Ethernet, with or without VLAN tags. */
    ETHERNET(1),
    /** An IPv4 or IPv6 packet, told apart by its version. Live libpcap says 12, on OpenBSD 14. */
    RAW(101, 12, 14),
    /** OpenBSD loopback: an address family in network byte order. */
    LOOP(108),
    /** Linux "any" device. */
    LINUX_SLL(113),
    /** An IPv4 packet. */
    IPV4(228),
    /** An IPv6 packet. */
    IPV6(229),
    /** Linux "any" device, second version. */
    LINUX_SLL2(276);

    private final int[] numbers;

    LinkType(int... numbers) {
        this.numbers = numbers;
    }

    /** The number that stands in capture files. */
    public int dlt() {
        return numbers[0];
    }

    /** The link layer with this number, null when the decoder does not read it. */
    public static LinkType ofDlt(int dlt) {
        for (LinkType link : values()) {
            for (int number : link.numbers) {
                if (number == dlt) {
                    return link;
                }
            }
        }
        return null;
    }
}
