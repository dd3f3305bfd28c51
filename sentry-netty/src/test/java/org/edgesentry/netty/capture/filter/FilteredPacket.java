package org.edgesentry.netty.capture.filter;

/**
 * A packet as a filter sees it.
 *
 * @param packetType sll_pkttype
 * @param interfaceIndex where it came in
 * @param vlanTag tag that the kernel took off, -1 for none
 * @param etherType what the bytes are
 * @param bytes from the network header on
 */
record FilteredPacket(int packetType, int interfaceIndex, int vlanTag, int etherType, byte[] bytes) {

    int ancillary(int offset) {
        return switch (offset) {
            case BpfOp.ANCILLARY_PROTOCOL -> etherType;
            case BpfOp.ANCILLARY_PACKET_TYPE -> packetType;
            case BpfOp.ANCILLARY_INTERFACE -> interfaceIndex;
            case BpfOp.ANCILLARY_VLAN_TAG -> Math.max(vlanTag, 0);
            case BpfOp.ANCILLARY_VLAN_PRESENT -> vlanTag >= 0 ? 1 : 0;
            default -> throw new IllegalStateException("no such ancillary offset: " + offset);
        };
    }
}
