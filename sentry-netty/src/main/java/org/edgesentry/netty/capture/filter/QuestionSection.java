package org.edgesentry.netty.capture.filter;

import org.edgesentry.core.net.EtherType;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.capture.filter.BpfAssembler.Label;

/**
 * The part of the filter that lets our own questions through: outgoing datagrams from certain source ports, and the SYN
 * with which this host opens a connection from a trap port, as clients of NFS and rsh do (bindresvport(3)). A later
 * fragment has no ports, and an extension header before the transport header is not looked behind: no resolver sends
 * one.
 *
 * <p>Where a question leaves says nothing about where its answer comes in, so interfaces chosen by name do not count
 * here; those that are left out do.
 *
 * <p>Thread: one.
 */
final class QuestionSection {

    private final BpfAssembler code;
    private final Label reject;
    private final Label tcpTree;
    private final TrapFilter traps;

    /**
     * A section.
     *
     * @param tcpTree where a TCP port in the accumulator is looked up
     */
    QuestionSection(BpfAssembler code, Label reject, Label tcpTree, TrapFilter traps) {
        this.code = code;
        this.reject = reject;
        this.tcpTree = tcpTree;
        this.traps = traps;
    }

    /** Takes the packet type from the accumulator; falls through with the source port of a datagram there. */
    void emit(InterfaceRule interfaces) {
        code.jumpUnless(BpfOp.JUMP_EQUAL, PacketFields.OUTGOING_TYPE, reject);
        if (interfaces.exclude()) {
            for (int index : interfaces.indexes()) {
                code.emit(BpfOp.LOAD_WORD, BpfOp.ANCILLARY_INTERFACE);
                code.jumpIf(BpfOp.JUMP_EQUAL, index, reject);
            }
        }
        Label ipv6 = code.label();
        Label protocol = code.label();
        Label sourcePort = code.label();
        code.emit(BpfOp.LOAD_WORD, BpfOp.ANCILLARY_PROTOCOL);
        code.jumpIf(BpfOp.JUMP_EQUAL, EtherType.IPV6, ipv6);
        code.jumpUnless(BpfOp.JUMP_EQUAL, EtherType.IPV4, reject);
        emitIpv4();
        code.jump(protocol);
        code.bind(ipv6);
        emitIpv6();
        code.bind(protocol);
        code.jumpIf(BpfOp.JUMP_EQUAL, IpProtocol.UDP, sourcePort);
        emitOpening();
        code.bind(sourcePort);
        code.emit(BpfOp.LOAD_HALF_AT_X, PacketFields.SOURCE_PORT);
    }

    private void emitIpv4() {
        code.emit(BpfOp.LOAD_HALF, PacketFields.IPV4_FRAGMENT);
        code.jumpIf(BpfOp.JUMP_ANY_BIT, PacketFields.IPV4_FRAGMENT_OFFSET, reject);
        code.emit(BpfOp.LOAD_X_HEADER_LENGTH, 0);
        code.emit(BpfOp.LOAD_BYTE, PacketFields.IPV4_PROTOCOL);
    }

    private void emitIpv6() {
        code.emit(BpfOp.LOAD_X_CONSTANT, PacketFields.IPV6_HEADER_BYTES);
        code.emit(BpfOp.LOAD_BYTE, PacketFields.IPV6_NEXT_HEADER);
    }

    /** Answers to a port of the ephemeral range are known without it. */
    private void emitOpening() {
        if (!traps.showsOpenings()) {
            code.jump(reject);
            return;
        }
        code.jumpUnless(BpfOp.JUMP_EQUAL, IpProtocol.TCP, reject);
        code.emit(BpfOp.LOAD_BYTE_AT_X, PacketFields.TCP_FLAGS);
        code.jumpUnless(BpfOp.JUMP_ANY_BIT, TcpFlags.SYN, reject);
        code.jumpIf(BpfOp.JUMP_ANY_BIT, TcpFlags.ACK, reject);
        code.emit(BpfOp.LOAD_HALF_AT_X, PacketFields.SOURCE_PORT);
        traps.ephemeral().ifPresent(range -> {
            code.jumpUnless(BpfOp.JUMP_GREATER_OR_EQUAL, range.first(), tcpTree);
            code.jump(BpfOp.JUMP_GREATER, range.last(), tcpTree, reject);
        });
    }
}
