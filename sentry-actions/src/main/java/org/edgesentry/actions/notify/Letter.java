package org.edgesentry.actions.notify;

import java.util.List;

/**
 * A mail before it is one. Thread: immutable.
 *
 * @param from address of the sender
 * @param to addresses of the readers
 * @param subject one line
 * @param text its text
 * @param id the same for each attempt
 * @param host own name
 * @param epochNanos its date
 */
record Letter(String from, List<String> to, String subject, String text, String id, String host, long epochNanos) {
}
