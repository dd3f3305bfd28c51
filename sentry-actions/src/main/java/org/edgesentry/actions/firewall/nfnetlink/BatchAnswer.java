package org.edgesentry.actions.firewall.nfnetlink;

import java.nio.ByteBuffer;

/**
 * What the kernel says to a transaction, read from its messages. A success has one answer, to the last change; a
 * failure may have one for each change that failed, or one to the message that begins it.
 *
 * <p>What cannot be read, or belongs to another transaction, is passed over. Thread: one at a time.
 */
final class BatchAnswer {

    private static final int HEADER_BYTES = 16;
    private static final int SEQUENCE = 8;
    private static final short ERROR = 2;

    private final ElementBatch batch;
    private boolean acknowledged;
    private int errno;

    BatchAnswer(ElementBatch batch) {
        this.batch = batch;
    }

    /** Takes the messages of one datagram. */
    void read(ByteBuffer messages, int bytes) {
        int at = 0;
        while (at + HEADER_BYTES + Integer.BYTES <= bytes) {
            int length = messages.getInt(at);
            int answered = messages.getInt(at + SEQUENCE);
            if (length < HEADER_BYTES + Integer.BYTES || length > bytes - at) {
                return;
            }
            if (messages.getShort(at + 4) == ERROR && batch.isOwn(answered)) {
                take(answered, -messages.getInt(at + HEADER_BYTES));
            }
            at += length + 3 & ~3;
        }
    }

    private void take(int answered, int error) {
        if (error == 0) {
            acknowledged |= batch.isLast(answered);
        } else if (errno == 0) {
            errno = error;
        }
    }

    /** Whether the kernel has done it. */
    boolean isDone() {
        return acknowledged && errno == 0;
    }

    /** Why not: the first error; 0 when the kernel has not said. */
    int errno() {
        return errno;
    }
}
