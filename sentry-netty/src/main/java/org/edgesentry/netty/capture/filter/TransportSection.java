package org.edgesentry.netty.capture.filter;

import java.util.Optional;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.capture.filter.BpfAssembler.Label;
import org.edgesentry.netty.host.EphemeralRange;

/**
 * The part of the filter that knows transport protocols. Begins with the protocol in the accumulator, the offset of the
 * transport header in X, and in {@link #BYTES_CELL} how many bytes of it the packet says it has.
 *
 * <p>Flags come before ports: they turn away what a download consists of, and let through to any port what no honest
 * program sends.
 *
 * <p>Thread: one.
 */
final class TransportSection {

    /** Scratch cell: bytes from the transport header on, by the packet's own length. */
    static final int BYTES_CELL = 1;
    private final BpfAssembler code;
    private final Label accept;
    private final Label reject;
    private final FittedPorts fitted;
    private final Optional<EphemeralRange> ephemeral;
    private final boolean gateway;
    private final Label udpTree;
    private final Label tcp;
    private final Label tcpPorts;
    private final Label tcpTree;

    /**
     * A section that ends at one of two labels.
     *
     * @param udpTree bound where a UDP port in the accumulator is looked up
     * @param tcpTree bound where a TCP port in the accumulator is looked up
     */
    TransportSection(BpfAssembler code, Label accept, Label reject, Label udpTree, Label tcpTree, FittedPorts fitted,
                     TrapFilter traps) {
        this.code = code;
        this.accept = accept;
        this.reject = reject;
        this.udpTree = udpTree;
        this.fitted = fitted;
        this.ephemeral = traps.ephemeral();
        this.gateway = traps.gateway();
        this.tcp = code.label();
        this.tcpPorts = code.label();
        this.tcpTree = tcpTree;
    }

    void emit() {
        Label udp = code.label();
        Label icmp = code.label();
        Label icmpv6 = code.label();
        code.jumpIf(BpfOp.JUMP_EQUAL, IpProtocol.TCP, tcp);
        code.jumpIf(BpfOp.JUMP_EQUAL, IpProtocol.UDP, udp);
        code.jumpIf(BpfOp.JUMP_EQUAL, IpProtocol.SCTP, tcpPorts);
        code.jumpIf(BpfOp.JUMP_EQUAL, IpProtocol.ICMP, icmp);
        code.jumpIf(BpfOp.JUMP_EQUAL, IpProtocol.ICMPV6, icmpv6);
        for (int protocol : Curiosities.COMMON_PROTOCOLS) {
            code.jumpIf(BpfOp.JUMP_EQUAL, protocol, reject);
        }
        code.jump(accept);
        code.bind(icmp);
        emitIcmp();
        code.bind(icmpv6);
        emitIcmpv6();
        code.bind(udp);
        emitUdp();
        code.bind(tcp);
        emitTcp();
    }

    private void emitIcmp() {
        if (gateway) {
            code.jump(accept);
            return;
        }
        code.emit(BpfOp.LOAD_BYTE_AT_X, PacketFields.ICMP_TYPE);
        for (int question : Curiosities.ICMP_QUESTIONS) {
            code.jumpIf(BpfOp.JUMP_EQUAL, question, accept);
        }
        code.jump(reject);
    }

    /** Errors have types below 128 (RFC 4443 2.1); the answer to a question has the type behind it. */
    private void emitIcmpv6() {
        code.emit(BpfOp.LOAD_BYTE_AT_X, PacketFields.ICMP_TYPE);
        if (gateway) {
            code.jumpUnless(BpfOp.JUMP_GREATER_OR_EQUAL, Curiosities.ICMPV6_FIRST_QUESTION, accept);
        }
        for (int question : Curiosities.ICMPV6_QUESTIONS) {
            code.jumpIf(BpfOp.JUMP_EQUAL, question, accept);
            if (gateway) {
                code.jumpIf(BpfOp.JUMP_EQUAL, question + 1, accept);
            }
        }
        code.jump(reject);
    }

    private void emitUdp() {
        if (gateway) {
            Label question = code.label();
            code.emit(BpfOp.LOAD_HALF_AT_X, PacketFields.SOURCE_PORT);
            PortTree.emit(code, fitted.answers(), accept, question);
            code.bind(question);
        }
        code.emit(BpfOp.LOAD_HALF_AT_X, PacketFields.DESTINATION_PORT);
        code.bind(udpTree);
        PortTree.emit(code, fitted.udp(), accept, reject);
    }

    /** A header whose flags are not in this packet is split or cut off: the decoder sees to that. */
    private void emitTcp() {
        Label synAck = code.label();
        Label noSyn = code.label();
        code.emit(BpfOp.LOAD_LENGTH, 0);
        code.emit(BpfOp.SUBTRACT_X, 0);
        code.jumpUnless(BpfOp.JUMP_GREATER, PacketFields.TCP_FLAGS, accept);
        code.emit(BpfOp.LOAD_MEMORY, BYTES_CELL);
        code.jumpUnless(BpfOp.JUMP_GREATER, PacketFields.TCP_FLAGS, accept);
        code.emit(BpfOp.LOAD_BYTE_AT_X, PacketFields.TCP_FLAGS);
        code.jumpUnless(BpfOp.JUMP_ANY_BIT, TcpFlags.SYN | TcpFlags.ACK | TcpFlags.RST, accept);
        code.jumpUnless(BpfOp.JUMP_ANY_BIT, TcpFlags.SYN, noSyn);
        code.jumpIf(BpfOp.JUMP_ANY_BIT, TcpFlags.FIN | TcpFlags.RST, accept);
        code.jumpIf(BpfOp.JUMP_ANY_BIT, TcpFlags.ACK, synAck);
        code.emit(BpfOp.LOAD_BYTE_AT_X, PacketFields.TCP_RESERVED);
        code.jump(BpfOp.JUMP_ANY_BIT, Curiosities.TCP_RESERVED_BITS, accept, tcpPorts);
        code.bind(synAck);
        emitSynAck();
        code.bind(noSyn);
        emitNoSyn();
        code.bind(tcpPorts);
        code.emit(BpfOp.LOAD_HALF_AT_X, PacketFields.DESTINATION_PORT);
        code.bind(tcpTree);
        PortTree.emit(code, fitted.tcp(), accept, reject);
    }

    /** Answers, and never asks. */
    private void emitSynAck() {
        if (gateway) {
            code.emit(BpfOp.LOAD_HALF_AT_X, PacketFields.SOURCE_PORT);
            code.jump(tcpTree);
        } else {
            code.jump(reject);
        }
    }

    /** RST answers; an ACK to a port of our own connections is what a download consists of. */
    private void emitNoSyn() {
        code.jumpIf(BpfOp.JUMP_ANY_BIT, TcpFlags.RST, gateway ? accept : reject);
        ephemeral.ifPresent(range -> {
            code.emit(BpfOp.LOAD_HALF_AT_X, PacketFields.DESTINATION_PORT);
            code.jumpUnless(BpfOp.JUMP_GREATER_OR_EQUAL, range.first(), tcpTree);
            code.jump(BpfOp.JUMP_GREATER, range.last(), tcpTree, reject);
        });
    }
}
