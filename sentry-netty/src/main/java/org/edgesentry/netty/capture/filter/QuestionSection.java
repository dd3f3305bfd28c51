package org.edgesentry.netty.capture.filter;

import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.netty.capture.filter.BpfAssembler.Label;

/**
 * The part of the filter that lets our own UDP questions through: outgoing datagrams from certain source ports. A later
 * fragment has no ports, and an extension header before UDP is not looked behind: no resolver sends one.
 *
 * <p>Where a question leaves says nothing about where its answer comes in, so interfaces chosen by name do not count
 * here; those that are left out do.
 *
 * <p>Thread: one.
 */
final class QuestionSection {

    private final BpfAssembler code;
    private final Label reject;

    QuestionSection(BpfAssembler code, Label reject) {
        this.code = code;
        this.reject = reject;
    }

    /** Takes the packet type from the accumulator; falls through with the source port there. */
    void emit(InterfaceRule interfaces) {
        code.jumpUnless(BpfOp.JUMP_EQUAL, PacketFields.OUTGOING_TYPE, reject);
        if (interfaces.exclude()) {
            for (int index : interfaces.indexes()) {
                code.emit(BpfOp.LOAD_WORD, BpfOp.ANCILLARY_INTERFACE);
                code.jumpIf(BpfOp.JUMP_EQUAL, index, reject);
            }
        }
        Label ipv6 = code.label();
        Label sourcePort = code.label();
        code.emit(BpfOp.LOAD_WORD, BpfOp.ANCILLARY_PROTOCOL);
        code.jumpIf(BpfOp.JUMP_EQUAL, PacketFields.ETHERTYPE_IPV6, ipv6);
        code.jumpUnless(BpfOp.JUMP_EQUAL, PacketFields.ETHERTYPE_IPV4, reject);
        emitIpv4();
        code.jump(sourcePort);
        code.bind(ipv6);
        emitIpv6();
        code.bind(sourcePort);
        code.emit(BpfOp.LOAD_HALF_AT_X, PacketFields.SOURCE_PORT);
    }

    private void emitIpv4() {
        code.emit(BpfOp.LOAD_BYTE, PacketFields.IPV4_PROTOCOL);
        code.jumpUnless(BpfOp.JUMP_EQUAL, IpProtocol.UDP, reject);
        code.emit(BpfOp.LOAD_HALF, PacketFields.IPV4_FRAGMENT);
        code.jumpIf(BpfOp.JUMP_ANY_BIT, PacketFields.IPV4_FRAGMENT_OFFSET, reject);
        code.emit(BpfOp.LOAD_X_HEADER_LENGTH, 0);
    }

    private void emitIpv6() {
        code.emit(BpfOp.LOAD_BYTE, PacketFields.IPV6_NEXT_HEADER);
        code.jumpUnless(BpfOp.JUMP_EQUAL, IpProtocol.UDP, reject);
        code.emit(BpfOp.LOAD_X_CONSTANT, PacketFields.IPV6_HEADER_BYTES);
    }
}
