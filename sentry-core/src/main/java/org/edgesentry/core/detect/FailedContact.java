package org.edgesentry.core.detect;

/**
 * The contact that {@link Coordination} is looking at, with its fingerprints: one object, filled anew each time.
 *
 * <p>Thread: pipeline only.
 */
final class FailedContact {

    int protocol;
    int port;
    int family;
    long targetHi;
    long targetLo;
    long sourceHi;
    long sourceLo;
    long epochNanos;
    /** Fingerprint of the source address. */
    long source;
}
