package org.edgesentry.netty.capture.filter;

import org.edgesentry.core.net.EtherType;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.capture.filter.BpfAssembler.Label;

/**
 * Builds the kernel's filter for cooked packet sockets, where a packet begins with its IP header whatever the link is.
 *
 * <p>Let through is only what may be a probe:
 * <ul>
 * <li>inbound packets for this host, on a chosen interface;
 * <li>TCP and SCTP to the TCP traps, UDP to the UDP traps, judged on the first fragment;
 * <li>of TCP, nothing with RST and nothing with SYN and ACK: those answer something, they never ask; and nothing with
 * ACK to a port that our own connections use;
 * <li>whatever the port, TCP segments that no honest program makes, questions of ICMP, and seldom IP protocols, see
 * {@link Curiosities}; so too a TCP header without its flags in it, and the IPv4 fragment that begins at byte 8 of TCP
 * or SCTP and completes one (RFC 1858);
 * <li>IPv6 with an extension header before the transport header, and packets behind one more VLAN tag, whole: walking
 * these is the decoder's work. Only the multicast reports that each neighbour sends (RFC 3810: hop-by-hop options,
 * then ICMPv6) are left out;
 * <li>on a gateway, what answers: SYN-ACK and UDP from trap ports, RST, ICMP;
 * <li>outgoing UDP from the ports of questions, and outgoing SYN from TCP traps that are not ephemeral, so that a
 * late answer is known for one.
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

    /** IPv6 headers that the decoder walks: RFC 8200, AH, mobility, HIP, shim6. */
    private static final int[] EXTENSION_HEADERS = {43, 44, 51, 60, 135, 139, 140};
    private static final int HOP_BY_HOP = 0;
    /** More than any packet has. */
    private static final int UNKNOWN_BYTES = 0xFFFF;

    /** Scratch cell: IP protocol. */
    private static final int PROTOCOL_CELL = 0;

    private final BpfAssembler code = new BpfAssembler();
    private final Label accept = code.label();
    private final Label acceptLong = code.label();
    private final Label reject = code.label();
    private final Label transport = code.label();
    private final Label udpTree = code.label();
    private final Label tcpTree = code.label();
    private final FittedPorts fitted;
    private final TrapFilter traps;

    private TrapFilterProgram(FittedPorts fitted, TrapFilter traps) {
        this.fitted = fitted;
        this.traps = traps;
    }

    /**
     * The program.
     *
     * @param traps what to let through
     * @param interfaces where
     * @param maxIntervals at least 4; where the traps have more port intervals than this, the nearest are merged
     * @param snapBytes how much of an accepted packet is kept
     * @param longSnapBytes how much of one whose transport header may lie far behind
     */
    public static BuiltFilter build(TrapFilter traps, InterfaceRule interfaces, int maxIntervals, int snapBytes,
                                    int longSnapBytes) {
        FittedPorts fitted = FittedPorts.of(traps, maxIntervals);
        BpfProgram program = new TrapFilterProgram(fitted, traps).build(interfaces, snapBytes, longSnapBytes);
        return new BuiltFilter(program, fitted.merged());
    }

    private BpfProgram build(InterfaceRule interfaces, int snapBytes, int longSnapBytes) {
        emitDirection(interfaces);
        emitInterface(interfaces);
        emitNetwork();
        code.bind(transport);
        new TransportSection(code, accept, reject, udpTree, tcpTree, fitted, traps).emit();
        code.bind(accept);
        code.emit(BpfOp.RETURN, snapBytes);
        code.bind(acceptLong);
        code.emit(BpfOp.RETURN, longSnapBytes);
        code.bind(reject);
        code.emit(BpfOp.RETURN, 0);
        return code.assemble();
    }

    private void emitDirection(InterfaceRule interfaces) {
        code.emit(BpfOp.LOAD_WORD, BpfOp.ANCILLARY_PACKET_TYPE);
        if (!traps.showsOutgoing()) {
            code.jumpIf(BpfOp.JUMP_GREATER, PacketFields.HIGHEST_INBOUND_TYPE, reject);
            return;
        }
        Label inbound = code.label();
        code.jumpUnless(BpfOp.JUMP_GREATER, PacketFields.HIGHEST_INBOUND_TYPE, inbound);
        emitQuestions(interfaces);
        code.bind(inbound);
    }

    private void emitQuestions(InterfaceRule interfaces) {
        new QuestionSection(code, reject, tcpTree, traps).emit(interfaces);
        if (fitted.questionsAreTraps()) {
            code.jump(udpTree);
        } else {
            PortTree.emit(code, fitted.questions(), accept, reject);
        }
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
            code.jumpIf(BpfOp.JUMP_ANY_BIT, PacketFields.VLAN_ID, reject);
        }
        code.bind(chosen);
    }

    private void emitNetwork() {
        Label ipv4 = code.label();
        Label ipv6 = code.label();
        code.emit(BpfOp.LOAD_WORD, BpfOp.ANCILLARY_PROTOCOL);
        code.jumpIf(BpfOp.JUMP_EQUAL, EtherType.IPV4, ipv4);
        code.jumpIf(BpfOp.JUMP_EQUAL, EtherType.IPV6, ipv6);
        code.jumpIf(BpfOp.JUMP_EQUAL, EtherType.CUSTOMER_TAG, acceptLong);
        code.jump(BpfOp.JUMP_EQUAL, EtherType.SERVICE_TAG, acceptLong, reject);
        code.bind(ipv4);
        emitIpv4();
        code.bind(ipv6);
        emitIpv6();
    }

    private void emitIpv4() {
        Label laterFragment = code.label();
        code.emit(BpfOp.LOAD_BYTE, PacketFields.IPV4_PROTOCOL);
        code.emit(BpfOp.STORE_MEMORY, PROTOCOL_CELL);
        code.emit(BpfOp.LOAD_HALF, PacketFields.IPV4_FRAGMENT);
        code.jumpIf(BpfOp.JUMP_ANY_BIT, PacketFields.IPV4_FRAGMENT_OFFSET, laterFragment);
        code.emit(BpfOp.LOAD_X_HEADER_LENGTH, 0);
        code.emit(BpfOp.LOAD_HALF, PacketFields.IPV4_TOTAL_LENGTH);
        code.emit(BpfOp.SUBTRACT_X, 0);
        code.emit(BpfOp.STORE_MEMORY, TransportSection.BYTES_CELL);
        code.emit(BpfOp.LOAD_MEMORY, PROTOCOL_CELL);
        code.jump(transport);
        code.bind(laterFragment);
        code.emit(BpfOp.AND, PacketFields.IPV4_FRAGMENT_OFFSET);
        code.jumpUnless(BpfOp.JUMP_EQUAL, 1, reject);
        code.emit(BpfOp.LOAD_MEMORY, PROTOCOL_CELL);
        code.jumpIf(BpfOp.JUMP_EQUAL, IpProtocol.TCP, accept);
        code.jump(BpfOp.JUMP_EQUAL, IpProtocol.SCTP, accept, reject);
    }

    /** A fragment has an extension header that says so; what has none is whole. */
    private void emitIpv6() {
        code.emit(BpfOp.LOAD_CONSTANT, UNKNOWN_BYTES);
        code.emit(BpfOp.STORE_MEMORY, TransportSection.BYTES_CELL);
        code.emit(BpfOp.LOAD_X_CONSTANT, PacketFields.IPV6_HEADER_BYTES);
        code.emit(BpfOp.LOAD_BYTE, PacketFields.IPV6_NEXT_HEADER);
        for (int header : EXTENSION_HEADERS) {
            code.jumpIf(BpfOp.JUMP_EQUAL, header, acceptLong);
        }
        code.jumpUnless(BpfOp.JUMP_EQUAL, HOP_BY_HOP, transport);
        emitHopByHop();
    }

    private void emitHopByHop() {
        code.emit(BpfOp.LOAD_BYTE, PacketFields.IPV6_HEADER_BYTES);
        code.jumpUnless(BpfOp.JUMP_EQUAL, IpProtocol.ICMPV6, acceptLong);
        code.emit(BpfOp.LOAD_BYTE_AT_X, PacketFields.EXTENSION_LENGTH);
        code.jumpUnless(BpfOp.JUMP_EQUAL, 0, acceptLong);
        code.emit(BpfOp.LOAD_BYTE_AT_X, PacketFields.EXTENSION_BYTES + PacketFields.ICMP_TYPE);
        for (int report : Curiosities.MULTICAST_REPORTS) {
            code.jumpIf(BpfOp.JUMP_EQUAL, report, reject);
        }
        code.jump(acceptLong);
    }
}
