package org.edgesentry.actions.firewall.nfnetlink;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Has the kernel carry out transactions, one after the other.
 *
 * <p>Thread: one at a time.
 */
public final class ElementTransactions implements AutoCloseable {

    /** An answer repeats the header of the message, and some words; a datagram holds one or a few. */
    private static final int ANSWER_BYTES = 8_192;

    private final NetlinkSocket socket;
    private final ByteBuffer answers = NetlinkSocket.memory(ANSWER_BYTES);

    private ElementTransactions(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** @throws IOException in the kernel's words when this machine gives no socket for it */
    public static ElementTransactions open() throws IOException {
        return new ElementTransactions(NetlinkSocket.open());
    }

    /** Ends the batch and carries it out: all of it, or nothing and an exception with the kernel's words. */
    public void run(ElementBatch batch) throws IOException {
        send(batch, batch.end());
    }

    /** The same for this process, but the kernel is told that it means nothing, and only answers. */
    public void rehearse(ElementBatch batch) throws IOException {
        send(batch, batch.endMeaningless());
    }

    private void send(ElementBatch batch, int bytes) throws IOException {
        socket.send(batch.bytes(), bytes);
        BatchAnswer answer = new BatchAnswer(batch);
        IOException lost = readAnswers(answer);
        if (answer.errno() != 0) {
            throw new IOException(NetlinkSocket.errorText(answer.errno()));
        }
        if (!answer.isDone()) {
            throw lost == null ? new IOException("no answer of the kernel") : lost;
        }
    }

    /** All that is there, so that nothing of it is left for the next transaction; some may be lost (ENOBUFS). */
    private IOException readAnswers(BatchAnswer answer) {
        IOException lost = null;
        boolean more = true;
        while (more) {
            try {
                int bytes = socket.receive(answers);
                answer.read(answers, bytes);
                more = bytes > 0;
            } catch (IOException e) {
                more = lost == null;
                lost = e;
            }
        }
        return lost;
    }

    @Override
    public void close() {
        socket.close();
    }
}
