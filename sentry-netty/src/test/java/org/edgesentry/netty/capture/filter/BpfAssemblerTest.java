package org.edgesentry.netty.capture.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.edgesentry.netty.capture.filter.BpfAssembler.Label;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BpfAssemblerTest {

    private static final FilteredPacket PACKET = new FilteredPacket(0, 1, -1, 0x0800, new byte[20]);

    /** Both targets of a jump on either side of what eight bits reach. */
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "253, 1", "254, 1", "255, 1", "256, 1", "1, 253", "1, 254", "1, 255", "1, 256",
        "300, 900", "900, 300", "255, 255", "254, 256"})
    void jump_anyDistance_arrives(int toYes, int toNo) {
        assertThat(BpfMachine.run(fork(0, toYes, toNo), PACKET)).isEqualTo(111);
        assertThat(BpfMachine.run(fork(1, toYes, toNo), PACKET)).isEqualTo(222);
    }

    /** Two labels, so many instructions behind the jump, each returning its own number. */
    private static BpfProgram fork(int accumulator, int toYes, int toNo) {
        BpfAssembler code = new BpfAssembler();
        Label yes = code.label();
        Label no = code.label();
        code.emit(BpfOp.LOAD_CONSTANT, accumulator);
        code.jump(BpfOp.JUMP_EQUAL, 0, yes, no);
        boolean yesFirst = toYes < toNo;
        fill(code, Math.min(toYes, toNo));
        code.bind(yesFirst ? yes : no);
        code.emit(BpfOp.RETURN, yesFirst ? 111 : 222);
        fill(code, Math.abs(toYes - toNo));
        code.bind(yesFirst ? no : yes);
        code.emit(BpfOp.RETURN, yesFirst ? 222 : 111);
        return code.assemble();
    }

    private static void fill(BpfAssembler code, int instructions) {
        for (int i = 0; i < instructions; i++) {
            code.emit(BpfOp.RETURN, 999);
        }
    }

    @Test
    void assemble_chainOfJumpsThatPushEachOther_settles() {
        BpfAssembler code = new BpfAssembler();
        Label end = code.label();
        code.emit(BpfOp.LOAD_CONSTANT, 1);
        for (int i = 0; i < 255; i++) {
            code.jumpIf(BpfOp.JUMP_EQUAL, 2, end);
        }
        fill(code, 1);
        code.bind(end);
        code.emit(BpfOp.RETURN, 1);
        assertThat(BpfMachine.run(code.assemble(), PACKET)).isEqualTo(999);
    }

    @Test
    void assemble_labelNeverBound_isRefused() {
        BpfAssembler code = new BpfAssembler();
        code.jump(code.label());
        assertThatThrownBy(code::assemble).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void assemble_jumpBack_isRefused() {
        BpfAssembler code = new BpfAssembler();
        Label start = code.label();
        code.bind(start);
        code.jump(start);
        assertThatThrownBy(code::assemble).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void assemble_tooLong_isRefused() {
        BpfAssembler code = new BpfAssembler();
        fill(code, BpfProgram.MAX_INSTRUCTIONS + 1);
        assertThatThrownBy(code::assemble).isInstanceOf(IllegalArgumentException.class);
    }
}
