package org.edgesentry.netty.control.client;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of an answer, which are ASCII without control characters and end with one line end; so nothing in them
 * moves a terminal's cursor, and an answer that was cut off is seen.
 *
 * <p>Thread: one. Errors: an {@link IOException} in words where the bytes are others.
 */
final class AnswerBytes extends FilterInputStream {

    private static final byte[] ERROR = "{\"error\":".getBytes(StandardCharsets.US_ASCII);

    private boolean complete;

    AnswerBytes(InputStream bytes) {
        super(new BufferedInputStream(bytes));
    }

    /** Whether it is an error and nothing else; reads nothing. */
    boolean isError() throws IOException {
        in.mark(ERROR.length);
        byte[] begin = in.readNBytes(ERROR.length);
        in.reset();
        return Arrays.equals(begin, ERROR);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count < 0 && !complete) {
            throw new IOException("it was cut off");
        }
        for (int i = offset; i < offset + count; i++) {
            check(buffer[i]);
        }
        return count;
    }

    private void check(byte value) throws IOException {
        if (complete || value != '\n' && (value < ' ' || value > '~')) {
            throw new IOException("it is not one of Edge Sentry's");
        }
        complete = value == '\n';
    }
}
