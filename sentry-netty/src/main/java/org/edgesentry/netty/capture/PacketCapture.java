package org.edgesentry.netty.capture;

/**
 * Reads packets off the wire and feeds the probes among them to the pipeline, on daemon threads of its own.
 *
 * <p>Everything that can fail for a reason the administrator can mend has failed before an object of this type exists.
 *
 * <p>Thread: any; {@link #start} once.
 */
public interface PacketCapture extends AutoCloseable {

    /** Starts reading. Packets that came since the capture was opened are waiting already. */
    void start();

    /** What has been seen so far. Still answers, with the last figures, after {@link #close}. */
    CaptureStatistics statistics();

    /** One line for the log: method, interfaces, buffer. */
    String describe();

    /** Ends the threads and gives everything back; a second call does nothing. */
    @Override
    void close();
}
