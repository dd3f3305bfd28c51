package org.edgesentry.netty.capture.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * The program by which the kernel deals packets out to the sockets of a fan-out (packet(7), PACKET_FANOUT_CBPF): a
 * number that is the same for all packets between two hosts, in either direction, and for all fragments of them. So
 * what a source does to a host is seen in its order, answers behind questions, and a split header comes to one decoder.
 * The kernel's own hash would take the ports in, and needs fragments put together to do so, which would hide what they
 * were made for.
 *
 * <p>Thread: any.
 */
public final class PairProgram {

    /** The last word of each IPv4 address. */
    private static final int[] IPV4_WORDS = {12, 16};
    /** The second and the last word of each IPv6 address. */
    private static final int[] IPV6_WORDS = {12, 20, 28, 36};
    private static final int VERSION_SHIFT = 4;
    private static final int IPV4_VERSION = 4;
    private static final int HALF_WORD = 16;
    private static final int BYTE = 8;

    private PairProgram() {
    }

    /** The program; the kernel takes the remainder of its answer by the number of sockets. */
    public static BpfProgram build() {
        List<BpfInstruction> ipv6 = fold(IPV6_WORDS);
        List<BpfInstruction> program = new ArrayList<>();
        program.add(instruction(BpfOp.LOAD_BYTE, BpfOp.NETWORK));
        program.add(instruction(BpfOp.SHIFT_RIGHT, VERSION_SHIFT));
        program.add(new BpfInstruction(BpfOp.JUMP_EQUAL, ipv6.size(), 0, IPV4_VERSION));
        program.addAll(ipv6);
        program.addAll(fold(IPV4_WORDS));
        return new BpfProgram(program);
    }

    /** All words by exclusive or, then folded so that every byte of them counts in the lowest. */
    private static List<BpfInstruction> fold(int[] words) {
        List<BpfInstruction> fold = new ArrayList<>();
        fold.add(instruction(BpfOp.LOAD_WORD, BpfOp.NETWORK + words[0]));
        for (int i = 1; i < words.length; i++) {
            fold.add(instruction(BpfOp.COPY_TO_X, 0));
            fold.add(instruction(BpfOp.LOAD_WORD, BpfOp.NETWORK + words[i]));
            fold.add(instruction(BpfOp.XOR_X, 0));
        }
        for (int bits : new int[] {HALF_WORD, BYTE}) {
            fold.add(instruction(BpfOp.COPY_TO_X, 0));
            fold.add(instruction(BpfOp.SHIFT_RIGHT, bits));
            fold.add(instruction(BpfOp.XOR_X, 0));
        }
        fold.add(instruction(BpfOp.RETURN_ACCUMULATOR, 0));
        return fold;
    }

    private static BpfInstruction instruction(int code, int k) {
        return new BpfInstruction(code, 0, 0, k);
    }
}
