package org.edgesentry.netty.metrics;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgesentry.core.limits.Limits;

/**
 * The head of a request as it comes in: RFC 9112, of which only the request line matters here. Nothing is made of the
 * fields, and a body is never read, since the connection ends with the answer. Thread: the metrics loop.
 */
final class RequestHead {

    /** What is asked for. */
    record Line(String method, String path) {
    }

    private static final Pattern REQUEST_LINE =
            Pattern.compile("([A-Z]{1,16}) (/[!->@-~]*)(?:\\?[!-~]*)? HTTP/1\\.[01]\r?\n");

    private final byte[] bytes = new byte[Limits.METRICS_REQUEST_BYTES];
    private int length;
    private int lineStart;

    /** Takes one byte; whether that was the end of the head. */
    boolean take(byte value) {
        bytes[length++] = value;
        if (value == '\n') {
            boolean empty = length - lineStart <= 2 && (length - lineStart == 1 || bytes[length - 2] == '\r');
            lineStart = length;
            return empty && length > 2;
        }
        return false;
    }

    /** Whether there is no room for more. */
    boolean isFull() {
        return length == bytes.length;
    }

    /** The request line of a head that is complete; empty where it is none. */
    Optional<Line> line() {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        Matcher line = REQUEST_LINE.matcher(text);
        return line.lookingAt() ? Optional.of(new Line(line.group(1), line.group(2))) : Optional.empty();
    }
}
