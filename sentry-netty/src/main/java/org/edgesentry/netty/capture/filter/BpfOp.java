package org.edgesentry.netty.capture.filter;

/**
 * Operation codes of classic BPF (McCanne and Jacobson 1993; Linux Documentation/networking/filter.rst) and the
 * ancillary offsets of Linux, which read what the kernel knows of a packet instead of its bytes.
 */
final class BpfOp {

    static final int LOAD_WORD = 0x20;
    static final int LOAD_HALF = 0x28;
    static final int LOAD_BYTE = 0x30;
    /** From the offset in X plus k. */
    static final int LOAD_HALF_AT_X = 0x48;
    static final int LOAD_BYTE_AT_X = 0x50;
    static final int LOAD_LENGTH = 0x80;
    static final int LOAD_CONSTANT = 0x00;
    static final int LOAD_MEMORY = 0x60;
    static final int STORE_MEMORY = 0x02;
    static final int LOAD_X_CONSTANT = 0x01;
    /** Four times the lower nibble of a byte: the length of an IPv4 header. */
    static final int LOAD_X_HEADER_LENGTH = 0xb1;
    static final int AND = 0x54;
    static final int SUBTRACT_X = 0x1c;
    static final int XOR_X = 0xac;
    static final int SHIFT_RIGHT = 0x74;
    /** X becomes what the accumulator is. */
    static final int COPY_TO_X = 0x07;
    static final int JUMP = 0x05;
    static final int JUMP_EQUAL = 0x15;
    static final int JUMP_GREATER = 0x25;
    static final int JUMP_GREATER_OR_EQUAL = 0x35;
    static final int JUMP_ANY_BIT = 0x45;
    static final int RETURN = 0x06;
    static final int RETURN_ACCUMULATOR = 0x16;

    /** Offsets from here count from the network header, wherever the packet begins. */
    static final int NETWORK = -0x100000;

    /** EtherType, as the kernel has it after all offloads. */
    static final int ANCILLARY_PROTOCOL = -0x1000;
    static final int ANCILLARY_PACKET_TYPE = -0x1000 + 4;
    static final int ANCILLARY_INTERFACE = -0x1000 + 8;
    static final int ANCILLARY_VLAN_TAG = -0x1000 + 44;
    static final int ANCILLARY_VLAN_PRESENT = -0x1000 + 48;

    private BpfOp() {
    }
}
