package org.edgesentry.netty.metrics;

import java.nio.charset.StandardCharsets;

/**
 * An answer of HTTP/1.1, after which the connection ends. Thread: immutable.
 *
 * @param status code and words
 * @param type of the body
 * @param body not to be changed
 */
record HttpAnswer(String status, String type, byte[] body) {

    private static final String TEXT = "text/plain; charset=utf-8";

    static HttpAnswer page(String type, byte[] body) {
        return new HttpAnswer("200 OK", type, body);
    }

    static HttpAnswer text(String status, String line) {
        return new HttpAnswer(status, TEXT, (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** What comes before the body. */
    byte[] head() {
        return ("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length
                + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
