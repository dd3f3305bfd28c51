package org.edgesentry.actions.firewall.nfnetlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kernel's answers, and what might come in their place. */
class BatchAnswerTest {

    private static final int BEGIN = 1;
    private static final int FIRST_CHANGE = 2;
    private static final int LAST_CHANGE = 3;
    private static final int ENOENT = 2;
    private static final int ENFILE = 23;

    private final ElementBatch batch = new ElementBatch("edge_sentry");
    private final BatchAnswer answer = new BatchAnswer(batch);
    private final ByteBuffer datagram = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());

    @BeforeEach
    void twoChanges() {
        batch.begin();
        batch.change(ElementBatch.Change.ADD, "blocked4");
        batch.element(Cidr.ofAddress(AddressFamily.IPV4, 0, 7), 1_000);
        batch.change(ElementBatch.Change.DELETE, "blocked4");
        batch.element(Cidr.ofAddress(AddressFamily.IPV4, 0, 7), 0);
        batch.end();
    }

    private void error(int length, int kind, int sequence, int errno) {
        datagram.putInt(length).putShort((short) kind).putShort((short) 0).putInt(sequence).putInt(0).putInt(-errno);
        datagram.position(datagram.position() + 16);
    }

    private void read() {
        answer.read(datagram, datagram.position());
    }

    @Test
    void read_lastChangeIsAcknowledged_isDone() {
        error(36, 2, LAST_CHANGE, 0);

        read();

        assertThat(answer.isDone()).isTrue();
    }

    @Test
    void read_nothing_isNeitherDoneNorAnError() {
        read();

        assertThat(answer.isDone()).isFalse();
        assertThat(answer.errno()).isZero();
    }

    @Test
    void read_oneChangeFailsThoughTheLastIsAcknowledged_isNotDone() {
        error(36, 2, FIRST_CHANGE, ENFILE);
        error(36, 2, LAST_CHANGE, 0);

        read();

        assertThat(answer.isDone()).isFalse();
        assertThat(answer.errno()).isEqualTo(ENFILE);
    }

    @Test
    void read_wholeBatchIsRefused_isThatError() {
        error(36, 2, BEGIN, ENOENT);

        read();

        assertThat(answer.errno()).isEqualTo(ENOENT);
    }

    @Test
    void read_errorThatRepeatsOurMessageBeyondTheDatagram_isNotDone() {
        error(40_000, 2, FIRST_CHANGE, ENFILE);

        read();

        assertThat(answer.isDone()).isFalse();
    }

    @Test
    void read_answersToAnotherTransactionAndOtherMessages_arePassedOver() {
        error(36, 2, 17, ENFILE);
        error(36, 2, 0, ENFILE);
        error(36, 2, -1, ENFILE);
        error(36, 3, LAST_CHANGE, ENFILE);
        error(36, 2, LAST_CHANGE, 0);

        read();

        assertThat(answer.isDone()).isTrue();
    }

    @Test
    void read_lengthsThatCannotBe_endTheReading() {
        for (int length : new int[] {0, -1, 15, 19, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            datagram.clear();
            error(length, 2, LAST_CHANGE, ENFILE);
            read();
        }
        answer.read(datagram, 3);

        assertThat(answer.errno()).isZero();
        assertThat(answer.isDone()).isFalse();
    }
}
