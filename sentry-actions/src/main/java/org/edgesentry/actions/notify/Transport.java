package org.edgesentry.actions.notify;

/**
 * A way to a receiver. May take its time, within {@link org.edgesentry.actions.ActionLimits#NOTIFY_EXCHANGE} or its
 * like, and ends soon when interrupted.
 *
 * <p>Thread: its channel's only. Errors: none is thrown; the delivery says what went wrong.
 */
interface Transport {

    /** Tries to deliver it once. */
    Delivery deliver(Digest digest);

    /** What the log calls it: {@code the webhook at hooks.example.com}. No secret is in it. */
    String label();
}
