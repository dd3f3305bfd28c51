package org.edgesentry.netty.capture;

import org.edgesentry.netty.host.Interfaces;

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

    /**
     * Looks for these from now on, without a gap: what both filters want is never missed. When that fails, the log says
     * so, and the kernel lets through what it did before, or more.
     */
    void watch(TrapFilter filter);

    /**
     * Follows the interfaces of this machine: new ones are read, vanished ones given up, and one that was asked for by
     * name is taken up again when it is back. To be told of each change.
     */
    void interfacesChanged(Interfaces now);

    /** What has been seen so far. Still answers, with the last figures, after {@link #close}. */
    CaptureStatistics statistics();

    /** One line for the log: method, interfaces, buffer. */
    String describe();

    /** Ends the threads and gives everything back; a second call does nothing. */
    @Override
    void close();
}
