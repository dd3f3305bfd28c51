package org.edgesentry.netty.capture.filter;

import java.util.List;

/** Interprets classic BPF as the kernel does, with the ancillary data of a packet socket. */
final class BpfMachine {

    private static final int REJECT = 0;

    private final int[] memory = new int[16];
    private int accumulator;
    private int index;

    /** What the filter returns for the packet: 0 or the number of bytes to keep. */
    static int run(BpfProgram program, FilteredPacket packet) {
        return new BpfMachine().execute(program.instructions(), packet);
    }

    private int execute(List<BpfInstruction> code, FilteredPacket packet) {
        int at = 0;
        while (true) {
            BpfInstruction now = code.get(at++);
            switch (now.code()) {
                case BpfOp.RETURN -> {
                    return now.k();
                }
                case BpfOp.RETURN_ACCUMULATOR -> {
                    return accumulator;
                }
                case BpfOp.JUMP -> at += now.k();
                case BpfOp.JUMP_EQUAL, BpfOp.JUMP_GREATER, BpfOp.JUMP_GREATER_OR_EQUAL, BpfOp.JUMP_ANY_BIT ->
                        at += holds(now) ? now.jumpTrue() : now.jumpFalse();
                default -> {
                    if (!step(now, packet)) {
                        return REJECT;
                    }
                }
            }
        }
    }

    private boolean holds(BpfInstruction jump) {
        return switch (jump.code()) {
            case BpfOp.JUMP_EQUAL -> accumulator == jump.k();
            case BpfOp.JUMP_GREATER -> Integer.compareUnsigned(accumulator, jump.k()) > 0;
            case BpfOp.JUMP_GREATER_OR_EQUAL -> Integer.compareUnsigned(accumulator, jump.k()) >= 0;
            default -> (accumulator & jump.k()) != 0;
        };
    }

    /** False when a load reaches beyond the packet, which ends the program. */
    private boolean step(BpfInstruction now, FilteredPacket packet) {
        switch (now.code()) {
            case BpfOp.LOAD_CONSTANT -> accumulator = now.k();
            case BpfOp.LOAD_LENGTH -> accumulator = packet.bytes().length;
            case BpfOp.LOAD_MEMORY -> accumulator = memory[now.k()];
            case BpfOp.STORE_MEMORY -> memory[now.k()] = accumulator;
            case BpfOp.AND -> accumulator &= now.k();
            case BpfOp.SHIFT_RIGHT -> accumulator >>>= now.k();
            case BpfOp.XOR_X -> accumulator ^= index;
            case BpfOp.COPY_TO_X -> index = accumulator;
            case BpfOp.SUBTRACT_X -> accumulator -= index;
            case BpfOp.LOAD_X_CONSTANT -> index = now.k();
            default -> {
                return load(now, packet);
            }
        }
        return true;
    }

    private boolean load(BpfInstruction now, FilteredPacket packet) {
        boolean fromNetwork = now.k() < BpfOp.ANCILLARY_PROTOCOL;
        if (now.k() < 0 && !fromNetwork) {
            accumulator = packet.ancillary(now.k());
            return true;
        }
        int width = switch (now.code()) {
            case BpfOp.LOAD_WORD -> 4;
            case BpfOp.LOAD_HALF, BpfOp.LOAD_HALF_AT_X -> 2;
            case BpfOp.LOAD_BYTE, BpfOp.LOAD_BYTE_AT_X, BpfOp.LOAD_X_HEADER_LENGTH -> 1;
            default -> throw new IllegalStateException("no such operation: " + now.code());
        };
        boolean indexed = now.code() == BpfOp.LOAD_HALF_AT_X || now.code() == BpfOp.LOAD_BYTE_AT_X;
        int offset = now.k() - (fromNetwork ? BpfOp.NETWORK : 0) + (indexed ? index : 0);
        if (offset + width > packet.bytes().length) {
            return false;
        }
        int value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | packet.bytes()[offset + i] & 0xff;
        }
        if (now.code() == BpfOp.LOAD_X_HEADER_LENGTH) {
            index = (value & 0xf) * 4;
        } else {
            accumulator = value;
        }
        return true;
    }
}
