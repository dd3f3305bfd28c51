package org.edgesentry.core.net;

/** What a link says that a frame carries (IEEE 802 Numbers, IANA). */
public final class EtherType {

    /** IPv4. */
    public static final int IPV4 = 0x0800;
    /** IPv6. */
    public static final int IPV6 = 0x86dd;
    /** A VLAN tag (IEEE 802.1Q). */
    public static final int CUSTOMER_TAG = 0x8100;
    /** The outer one of two (IEEE 802.1ad). */
    public static final int SERVICE_TAG = 0x88a8;

    private EtherType() {
    }
}
