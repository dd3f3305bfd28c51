package org.edgesentry.netty.capture.filter;

import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.capture.filter.BpfAssembler.Label;

/**
 * Builds the kernel's filter for cooked packet sockets, where a packet begins with its IP header whatever the link is.
 *
 * <p>Let through is only what may be a probe:
 * <ul>
 * <li>inbound packets for this host, on a chosen interface;
 * <li>TCP and SCTP to the TCP traps, UDP to the UDP traps, judged on the first fragment;
 * <li>of TCP, nothing with RST and nothing with SYN and ACK: those answer something, they never ask;
 * <li>the IPv4 fragment that begins at byte 8 of TCP or SCTP, since it completes a header that was split (RFC 1858);
 * <li>IPv6 with an extension header before the transport header, and packets behind one more VLAN tag, whole: walking
 * these is the decoder's work. Only the multicast reports that each neighbour sends (RFC 3810: hop-by-hop options,
 * then ICMPv6) are left out.
 * </ul>
 *
 * <p>With every interface chosen, a frame that still carries a VLAN id is left out: it comes again on the VLAN's own
 * interface, and where there is none the kernel counts it as somebody else's.
 *
 * <p>Thread: any; builds and forgets.
 */
public final class TrapFilterProgram {

    /**
     * Port intervals that surely fit into one program: each costs two nodes of a tree, a node one instruction, and the
     * far jumps some more (a test builds the worst case).
     */
    public static final int MAX_INTERVALS = 1_900;

    /** IPv6 headers that the decoder walks: RFC 8200, AH, mobility, HIP, shim6, experiments. */
    private static final int[] EXTENSION_HEADERS = {43, 44, 51, 60, 135, 139, 140, 253, 254};
    private static final int HOP_BY_HOP = 0;

    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_IPV6 = 0x86dd;
    private static final int ETHERTYPE_VLAN = 0x8100;
    private static final int ETHERTYPE_QINQ = 0x88a8;

    /** PACKET_HOST, PACKET_BROADCAST, PACKET_MULTICAST; above it is somebody else's, outgoing or internal. */
    private static final int HIGHEST_INBOUND_TYPE = 2;
    private static final int VLAN_ID = 0x0fff;

    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV4_MORE_FRAGMENTS = 0x2000;
    private static final int IPV4_FRAGMENT_OFFSET = 0x1fff;
    private static final int IPV6_NEXT_HEADER = 6;
    private static final int IPV6_HEADER_BYTES = 40;
    private static final int DESTINATION_PORT = 2;
    private static final int TCP_FLAGS = 13;
    private static final int SYN_ACK = TcpFlags.SYN | TcpFlags.ACK;

    /** Scratch cell: IP protocol. */
    private static final int PROTOCOL_CELL = 0;
    /** Scratch cell: not 0 when more fragments follow. */
    private static final int FRAGMENT_CELL = 1;

    private final BpfAssembler code = new BpfAssembler();
    private final Label accept = code.label();
    private final Label reject = code.label();
    private final Label ports = code.label();
    private final PortIntervals tcp;
    private final PortIntervals udp;

    private TrapFilterProgram(PortIntervals tcp, PortIntervals udp) {
        this.tcp = tcp;
        this.udp = udp;
    }

    /**
     * The program.
     *
     * @param traps what to let through
     * @param interfaces where
     * @param maxIntervals at least 2; where the traps have more port intervals than this, the nearest are merged
     * @param snapBytes how much of an accepted packet is kept
     */
    public static BuiltFilter build(TrapFilter traps, InterfaceRule interfaces, int maxIntervals, int snapBytes) {
        PortIntervals tcp = PortIntervals.of(traps.tcpPorts());
        PortIntervals udp = PortIntervals.of(traps.udpPorts());
        int tcpShare = Math.max(maxIntervals / 2, maxIntervals - udp.count());
        PortIntervals tcpFitted = tcp.mergedTo(tcpShare);
        PortIntervals udpFitted = udp.mergedTo(maxIntervals - tcpFitted.count());
        BpfProgram program = new TrapFilterProgram(tcpFitted, udpFitted).build(interfaces, snapBytes);
        int merged = tcp.count() + udp.count() - tcpFitted.count() - udpFitted.count();
        return new BuiltFilter(program, merged);
    }

    private BpfProgram build(InterfaceRule interfaces, int snapBytes) {
        if (tcp.isEmpty() && udp.isEmpty()) {
            code.emit(BpfOp.RETURN, 0);
            return code.assemble();
        }
        emitDirection();
        emitInterface(interfaces);
        emitNetwork();
        emitPorts();
        code.bind(accept);
        code.emit(BpfOp.RETURN, snapBytes);
        code.bind(reject);
        code.emit(BpfOp.RETURN, 0);
        return code.assemble();
    }

    private void emitDirection() {
        code.emit(BpfOp.LOAD_WORD, BpfOp.ANCILLARY_PACKET_TYPE);
        code.jumpIf(BpfOp.JUMP_GREATER, HIGHEST_INBOUND_TYPE, reject);
    }

    private void emitInterface(InterfaceRule rule) {
        Label chosen = code.label();
        if (!rule.indexes().isEmpty()) {
            code.emit(BpfOp.LOAD_WORD, BpfOp.ANCILLARY_INTERFACE);
            for (int index : rule.indexes()) {
                code.jumpIf(BpfOp.JUMP_EQUAL, index, rule.exclude() ? reject : chosen);
            }
        }
        if (!rule.exclude()) {
            code.jump(reject);
        } else {
            code.emit(BpfOp.LOAD_WORD, BpfOp.ANCILLARY_VLAN_PRESENT);
            code.jumpIf(BpfOp.JUMP_EQUAL, 0, chosen);
            code.emit(BpfOp.LOAD_WORD, BpfOp.ANCILLARY_VLAN_TAG);
            code.jumpIf(BpfOp.JUMP_ANY_BIT, VLAN_ID, reject);
        }
        code.bind(chosen);
    }

    private void emitNetwork() {
        Label ipv4 = code.label();
        Label ipv6 = code.label();
        code.emit(BpfOp.LOAD_WORD, BpfOp.ANCILLARY_PROTOCOL);
        code.jumpIf(BpfOp.JUMP_EQUAL, ETHERTYPE_IPV4, ipv4);
        code.jumpIf(BpfOp.JUMP_EQUAL, ETHERTYPE_IPV6, ipv6);
        code.jumpIf(BpfOp.JUMP_EQUAL, ETHERTYPE_VLAN, accept);
        code.jump(BpfOp.JUMP_EQUAL, ETHERTYPE_QINQ, accept, reject);
        code.bind(ipv4);
        emitIpv4();
        code.bind(ipv6);
        emitIpv6();
    }

    private void emitIpv4() {
        Label laterFragment = code.label();
        code.emit(BpfOp.LOAD_BYTE, IPV4_PROTOCOL);
        code.emit(BpfOp.STORE_MEMORY, PROTOCOL_CELL);
        code.emit(BpfOp.LOAD_HALF, IPV4_FRAGMENT);
        code.jumpIf(BpfOp.JUMP_ANY_BIT, IPV4_FRAGMENT_OFFSET, laterFragment);
        code.emit(BpfOp.AND, IPV4_MORE_FRAGMENTS);
        code.emit(BpfOp.STORE_MEMORY, FRAGMENT_CELL);
        code.emit(BpfOp.LOAD_X_HEADER_LENGTH, 0);
        code.emit(BpfOp.LOAD_MEMORY, PROTOCOL_CELL);
        code.jump(ports);
        code.bind(laterFragment);
        emitIpv4LaterFragment();
    }

    private void emitIpv4LaterFragment() {
        if (tcp.isEmpty()) {
            code.jump(reject);
            return;
        }
        code.emit(BpfOp.AND, IPV4_FRAGMENT_OFFSET);
        code.jumpUnless(BpfOp.JUMP_EQUAL, 1, reject);
        code.emit(BpfOp.LOAD_MEMORY, PROTOCOL_CELL);
        code.jumpIf(BpfOp.JUMP_EQUAL, IpProtocol.TCP, accept);
        code.jump(BpfOp.JUMP_EQUAL, IpProtocol.SCTP, accept, reject);
    }

    private void emitIpv6() {
        code.emit(BpfOp.LOAD_CONSTANT, 0);
        code.emit(BpfOp.STORE_MEMORY, FRAGMENT_CELL);
        code.emit(BpfOp.LOAD_X_CONSTANT, IPV6_HEADER_BYTES);
        code.emit(BpfOp.LOAD_BYTE, IPV6_NEXT_HEADER);
        code.emit(BpfOp.STORE_MEMORY, PROTOCOL_CELL);
        for (int header : EXTENSION_HEADERS) {
            code.jumpIf(BpfOp.JUMP_EQUAL, header, accept);
        }
        code.jumpUnless(BpfOp.JUMP_EQUAL, HOP_BY_HOP, ports);
        code.emit(BpfOp.LOAD_BYTE, IPV6_HEADER_BYTES);
        code.jump(BpfOp.JUMP_EQUAL, IpProtocol.ICMPV6, reject, accept);
    }

    /** The accumulator holds the protocol, X the offset of the transport header. */
    private void emitPorts() {
        Label stream = code.label();
        Label datagram = code.label();
        Label flags = code.label();
        code.bind(ports);
        code.jumpIf(BpfOp.JUMP_EQUAL, IpProtocol.TCP, stream);
        code.jumpIf(BpfOp.JUMP_EQUAL, IpProtocol.SCTP, stream);
        code.jump(BpfOp.JUMP_EQUAL, IpProtocol.UDP, datagram, reject);
        code.bind(datagram);
        code.emit(BpfOp.LOAD_HALF_AT_X, DESTINATION_PORT);
        PortTree.emit(code, udp, accept, reject);
        code.bind(stream);
        code.emit(BpfOp.LOAD_HALF_AT_X, DESTINATION_PORT);
        PortTree.emit(code, tcp, flags, reject);
        code.bind(flags);
        emitFlags();
    }

    /** The flags of a first fragment may lie in the next one; what is read there would be padding. */
    private void emitFlags() {
        code.emit(BpfOp.LOAD_MEMORY, PROTOCOL_CELL);
        code.jumpUnless(BpfOp.JUMP_EQUAL, IpProtocol.TCP, accept);
        code.emit(BpfOp.LOAD_MEMORY, FRAGMENT_CELL);
        code.jumpUnless(BpfOp.JUMP_EQUAL, 0, accept);
        code.emit(BpfOp.LOAD_LENGTH, 0);
        code.emit(BpfOp.SUBTRACT_X, 0);
        code.jumpUnless(BpfOp.JUMP_GREATER, TCP_FLAGS, accept);
        code.emit(BpfOp.LOAD_BYTE_AT_X, TCP_FLAGS);
        code.jumpIf(BpfOp.JUMP_ANY_BIT, TcpFlags.RST, reject);
        code.emit(BpfOp.AND, SYN_ACK);
        code.jumpIf(BpfOp.JUMP_EQUAL, SYN_ACK, reject);
    }
}
