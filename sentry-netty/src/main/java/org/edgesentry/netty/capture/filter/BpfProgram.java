package org.edgesentry.netty.capture.filter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A classic BPF program, ready for the kernel.
 *
 * <p>Thread: immutable.
 *
 * @param instructions at least one, at most {@link #MAX_INSTRUCTIONS}
 */
public record BpfProgram(List<BpfInstruction> instructions) {

    /** BPF_MAXINSNS: the kernel refuses longer programs. */
    public static final int MAX_INSTRUCTIONS = 4096;

    /** Lets nothing through. */
    public static final BpfProgram NOTHING =
            new BpfProgram(List.of(new BpfInstruction(BpfOp.RETURN, 0, 0, 0)));

    private static final int INSTRUCTION_BYTES = 8;

    /** Checks the length. */
    public BpfProgram {
        instructions = List.copyOf(instructions);
        if (instructions.isEmpty() || instructions.size() > MAX_INSTRUCTIONS) {
            throw new IllegalArgumentException("a BPF program has 1 to " + MAX_INSTRUCTIONS + " instructions, not "
                    + instructions.size());
        }
    }

    /** Number of instructions. */
    public int length() {
        return instructions.size();
    }

    /** The program as an array of {@code struct sock_filter} (linux/filter.h) outside the heap. */
    public ByteBuffer encode() {
        ByteBuffer encoded = ByteBuffer.allocateDirect(length() * INSTRUCTION_BYTES).order(ByteOrder.nativeOrder());
        for (BpfInstruction instruction : instructions) {
            encoded.putShort((short) instruction.code());
            encoded.put((byte) instruction.jumpTrue());
            encoded.put((byte) instruction.jumpFalse());
            encoded.putInt(instruction.k());
        }
        return encoded.flip();
    }
}
