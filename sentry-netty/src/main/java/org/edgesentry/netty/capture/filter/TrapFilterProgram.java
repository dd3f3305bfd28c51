package org.edgesentry.netty.capture.filter;

import java.util.Optional;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.capture.filter.BpfAssembler.Label;
import org.edgesentry.netty.host.EphemeralRange;

/**
 * Builds the kernel's filter for cooked packet sockets, where a packet begins with its IP header whatever the link is.
 *
 * <p>Let through is only what may be a probe:
 * <ul>
 * <li>inbound packets for this host, on a chosen interface;
 * <li>TCP and SCTP to the TCP traps, UDP to the UDP traps, judged on the first fragment;
 * <li>of TCP, nothing with RST and nothing with SYN and ACK: those answer something, they never ask; and nothing with
 * ACK to a port that our own connections use;
 * <li>the IPv4 fragment that begins at byte 8 of TCP or SCTP, since it completes a header that was split (RFC 1858);
 * <li>IPv6 with an extension header before the transport header, and packets behind one more VLAN tag, whole: walking
 * these is the decoder's work. Only the multicast reports that each neighbour sends (RFC 3810: hop-by-hop options,
 * then ICMPv6) are left out;
 * <li>outgoing UDP from the ports of questions, so that a late answer is known for one.
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

    /** Scratch cell: IP protocol. */
    private static final int PROTOCOL_CELL = 0;
    /** Scratch cell: not 0 when more fragments follow. */
    private static final int FRAGMENT_CELL = 1;

    private final BpfAssembler code = new BpfAssembler();
    private final Label accept = code.label();
    private final Label reject = code.label();
    private final Label ports = code.label();
    private final Label udpTree = code.label();
    private final FittedPorts fitted;
    private final Optional<EphemeralRange> ephemeral;

    private TrapFilterProgram(FittedPorts fitted, Optional<EphemeralRange> ephemeral) {
        this.fitted = fitted;
        this.ephemeral = ephemeral;
    }

    /**
     * The program.
     *
     * @param traps what to let through
     * @param interfaces where
     * @param maxIntervals at least 3; where the traps have more port intervals than this, the nearest are merged
     * @param snapBytes how much of an accepted packet is kept
     */
    public static BuiltFilter build(TrapFilter traps, InterfaceRule interfaces, int maxIntervals, int snapBytes) {
        FittedPorts fitted = FittedPorts.of(traps, maxIntervals);
        BpfProgram program = new TrapFilterProgram(fitted, traps.ephemeral()).build(interfaces, snapBytes);
        return new BuiltFilter(program, fitted.merged());
    }

    private BpfProgram build(InterfaceRule interfaces, int snapBytes) {
        if (fitted.tcp().isEmpty() && fitted.udp().isEmpty()) {
            code.emit(BpfOp.RETURN, 0);
            return code.assemble();
        }
        emitDirection(interfaces);
        emitInterface(interfaces);
        emitNetwork();
        emitPorts();
        code.bind(accept);
        code.emit(BpfOp.RETURN, snapBytes);
        code.bind(reject);
        code.emit(BpfOp.RETURN, 0);
        return code.assemble();
    }

    private void emitDirection(InterfaceRule interfaces) {
        code.emit(BpfOp.LOAD_WORD, BpfOp.ANCILLARY_PACKET_TYPE);
        if (fitted.questions().isEmpty()) {
            code.jumpIf(BpfOp.JUMP_GREATER, PacketFields.HIGHEST_INBOUND_TYPE, reject);
            return;
        }
        Label inbound = code.label();
        code.jumpUnless(BpfOp.JUMP_GREATER, PacketFields.HIGHEST_INBOUND_TYPE, inbound);
        emitQuestions(interfaces);
        code.bind(inbound);
    }

    private void emitQuestions(InterfaceRule interfaces) {
        new QuestionSection(code, reject).emit(interfaces);
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
        code.jumpIf(BpfOp.JUMP_EQUAL, PacketFields.ETHERTYPE_IPV4, ipv4);
        code.jumpIf(BpfOp.JUMP_EQUAL, PacketFields.ETHERTYPE_IPV6, ipv6);
        code.jumpIf(BpfOp.JUMP_EQUAL, PacketFields.ETHERTYPE_VLAN, accept);
        code.jump(BpfOp.JUMP_EQUAL, PacketFields.ETHERTYPE_QINQ, accept, reject);
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
        code.emit(BpfOp.AND, PacketFields.IPV4_MORE_FRAGMENTS);
        code.emit(BpfOp.STORE_MEMORY, FRAGMENT_CELL);
        code.emit(BpfOp.LOAD_X_HEADER_LENGTH, 0);
        code.emit(BpfOp.LOAD_MEMORY, PROTOCOL_CELL);
        code.jump(ports);
        code.bind(laterFragment);
        emitIpv4LaterFragment();
    }

    private void emitIpv4LaterFragment() {
        if (fitted.tcp().isEmpty()) {
            code.jump(reject);
            return;
        }
        code.emit(BpfOp.AND, PacketFields.IPV4_FRAGMENT_OFFSET);
        code.jumpUnless(BpfOp.JUMP_EQUAL, 1, reject);
        code.emit(BpfOp.LOAD_MEMORY, PROTOCOL_CELL);
        code.jumpIf(BpfOp.JUMP_EQUAL, IpProtocol.TCP, accept);
        code.jump(BpfOp.JUMP_EQUAL, IpProtocol.SCTP, accept, reject);
    }

    private void emitIpv6() {
        code.emit(BpfOp.LOAD_CONSTANT, 0);
        code.emit(BpfOp.STORE_MEMORY, FRAGMENT_CELL);
        code.emit(BpfOp.LOAD_X_CONSTANT, PacketFields.IPV6_HEADER_BYTES);
        code.emit(BpfOp.LOAD_BYTE, PacketFields.IPV6_NEXT_HEADER);
        code.emit(BpfOp.STORE_MEMORY, PROTOCOL_CELL);
        for (int header : EXTENSION_HEADERS) {
            code.jumpIf(BpfOp.JUMP_EQUAL, header, accept);
        }
        code.jumpUnless(BpfOp.JUMP_EQUAL, HOP_BY_HOP, ports);
        code.emit(BpfOp.LOAD_BYTE, PacketFields.IPV6_HEADER_BYTES);
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
        code.emit(BpfOp.LOAD_HALF_AT_X, PacketFields.DESTINATION_PORT);
        code.bind(udpTree);
        PortTree.emit(code, fitted.udp(), accept, reject);
        code.bind(stream);
        code.emit(BpfOp.LOAD_HALF_AT_X, PacketFields.DESTINATION_PORT);
        PortTree.emit(code, fitted.tcp(), flags, reject);
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
        code.jumpUnless(BpfOp.JUMP_GREATER, PacketFields.TCP_FLAGS, accept);
        code.emit(BpfOp.LOAD_BYTE_AT_X, PacketFields.TCP_FLAGS);
        code.jumpIf(BpfOp.JUMP_ANY_BIT, TcpFlags.RST, reject);
        code.jumpUnless(BpfOp.JUMP_ANY_BIT, TcpFlags.ACK, accept);
        code.jumpIf(BpfOp.JUMP_ANY_BIT, TcpFlags.SYN, reject);
        ephemeral.ifPresent(this::emitEphemeral);
    }

    /** An ACK to a port of our own connections: what a download consists of. */
    private void emitEphemeral(EphemeralRange range) {
        code.emit(BpfOp.LOAD_HALF_AT_X, PacketFields.DESTINATION_PORT);
        code.jumpUnless(BpfOp.JUMP_GREATER_OR_EQUAL, range.first(), accept);
        code.jump(BpfOp.JUMP_GREATER, range.last(), accept, reject);
    }
}
