package org.edgesentry.actions.respond;

/**
 * How long a block is to last. Thread: immutable.
 *
 * @param seconds from now on; 0 without end
 * @param times how often the host was blocked before
 * @param isExtension whether the host is blocked, and is to stay so for longer
 */
record Term(long seconds, int times, boolean isExtension) {
}
