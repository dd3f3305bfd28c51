package org.edgesentry.actions.notify;

import java.time.Duration;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.text.PrintableText;

/**
 * What became of one attempt. Thread: immutable.
 *
 * @param outcome whether it arrived
 * @param words what the receiver or the machine said, on one line; empty when all is well
 * @param pause that the receiver asks for before the next attempt
 */
record Delivery(Outcome outcome, String words, Duration pause) {

    /** How it ended. */
    enum Outcome {
        /** The receiver has it. */
        DELIVERED,
        /** Not now; another attempt may succeed. */
        LATER,
        /** The receiver does not want it, and will not the next time. */
        NEVER
    }

    /** Keeps the outside world's words to one line of bounded length. */
    Delivery {
        words = PrintableText.oneLine(words, ActionLimits.MESSAGE_CHARS);
    }

    static Delivery done(String words) {
        return new Delivery(Outcome.DELIVERED, words, Duration.ZERO);
    }

    static Delivery later(String words) {
        return new Delivery(Outcome.LATER, words, Duration.ZERO);
    }

    static Delivery never(String words) {
        return new Delivery(Outcome.NEVER, words, Duration.ZERO);
    }
}
