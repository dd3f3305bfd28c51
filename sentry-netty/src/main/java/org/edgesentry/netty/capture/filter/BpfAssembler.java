package org.edgesentry.netty.capture.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * Builds a classic BPF program with labels instead of counted jumps.
 *
 * <p>A conditional jump reaches 255 instructions ahead. Where a label is farther off, the assembler puts an
 * unconditional jump (which reaches everywhere) behind the condition and lets the condition hop onto it. That moves
 * other labels away, so lengths are settled in rounds; jumps only ever grow, hence the rounds end.
 *
 * <p>Thread: one. Errors: a label that is never bound, or bound behind its jump, is a {@link IllegalStateException}.
 */
final class BpfAssembler {

    /** A place in the program. */
    static final class Label {
        private int item = -1;
    }

    private static final int MAX_SHORT_JUMP = 255;

    private final List<Item> items = new ArrayList<>();

    /** One instruction before it has an address; {@code yes} is set for jumps, {@code no} for conditional ones. */
    private static final class Item {
        private final int code;
        private final int k;
        private final Label yes;
        private final Label no;
        private boolean farYes;
        private boolean farNo;
        private int address;

        Item(int code, int k, Label yes, Label no) {
            this.code = code;
            this.k = k;
            this.yes = yes;
            this.no = no;
        }

        int length() {
            return 1 + (farYes ? 1 : 0) + (farNo ? 1 : 0);
        }
    }

    /** A label to be bound later. */
    Label label() {
        return new Label();
    }

    /** The label means the next instruction. */
    void bind(Label label) {
        if (label.item >= 0) {
            throw new IllegalStateException("label bound twice");
        }
        label.item = items.size();
    }

    /** An instruction that does not jump. */
    void emit(int code, int k) {
        items.add(new Item(code, k, null, null));
    }

    /** Goes to the label. */
    void jump(Label target) {
        items.add(new Item(BpfOp.JUMP, 0, target, null));
    }

    /** Goes to one label when the condition holds, to the other when not. */
    void jump(int condition, int k, Label yes, Label no) {
        items.add(new Item(condition, k, yes, no));
    }

    /** Goes to the label when the condition holds, else on to the next instruction. */
    void jumpIf(int condition, int k, Label yes) {
        Label next = label();
        jump(condition, k, yes, next);
        bind(next);
    }

    /** Goes to the label when the condition does not hold, else on to the next instruction. */
    void jumpUnless(int condition, int k, Label no) {
        Label next = label();
        jump(condition, k, next, no);
        bind(next);
    }

    /** The finished program. */
    BpfProgram assemble() {
        do {
            assignAddresses();
        } while (lengthenFarJumps());
        List<BpfInstruction> program = new ArrayList<>();
        for (Item item : items) {
            write(item, program);
        }
        return new BpfProgram(program);
    }

    private void assignAddresses() {
        int address = 0;
        for (Item item : items) {
            item.address = address;
            address += item.length();
        }
    }

    private boolean lengthenFarJumps() {
        boolean changed = false;
        for (Item item : items) {
            if (item.no != null) {
                boolean farYes = item.farYes || distance(item.address, item.yes) > MAX_SHORT_JUMP;
                boolean farNo = item.farNo || distance(item.address, item.no) > MAX_SHORT_JUMP;
                changed |= farYes != item.farYes || farNo != item.farNo;
                item.farYes = farYes;
                item.farNo = farNo;
            }
        }
        return changed;
    }

    private void write(Item item, List<BpfInstruction> program) {
        if (item.yes == null) {
            program.add(new BpfInstruction(item.code, 0, 0, item.k));
        } else if (item.no == null) {
            program.add(jumpAlways(item.address, item.yes));
        } else {
            int hopYes = item.address + 1;
            int hopNo = hopYes + (item.farYes ? 1 : 0);
            program.add(new BpfInstruction(item.code,
                    item.farYes ? 0 : distance(item.address, item.yes),
                    item.farNo ? hopNo - hopYes : distance(item.address, item.no), item.k));
            if (item.farYes) {
                program.add(jumpAlways(hopYes, item.yes));
            }
            if (item.farNo) {
                program.add(jumpAlways(hopNo, item.no));
            }
        }
    }

    private BpfInstruction jumpAlways(int from, Label target) {
        return new BpfInstruction(BpfOp.JUMP, 0, 0, distance(from, target));
    }

    /** Instructions to skip from the one behind {@code from} to the label. */
    private int distance(int from, Label target) {
        if (target.item < 0 || target.item >= items.size()) {
            throw new IllegalStateException("label not bound to an instruction");
        }
        int distance = items.get(target.item).address - from - 1;
        if (distance < 0) {
            throw new IllegalStateException("BPF cannot jump back");
        }
        return distance;
    }
}
