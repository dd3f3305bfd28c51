package org.edgesentry.netty.capture;

/**
 * Packets counted since the capture was opened. All counters only grow.
 *
 * <p>Thread: immutable.
 *
 * @param received passed the kernel's filter and found room in the buffer
 * @param droppedByKernel passed the kernel's filter and found no room
 * @param decodedPackets were decoded and offered to the pipeline (what it has no room for, it counts itself)
 * @param malformed were offered to the pipeline as malformed
 * @param held fragments that wait for the rest of their transport header
 * @param skipped were no IP packet, or a fragment that nothing waits for
 * @param faults errors that the capture survived: an interface that went away, a read that failed
 */
public record CaptureStatistics(long received, long droppedByKernel, long decodedPackets, long malformed, long held,
                                long skipped, long faults) {

    /** Nothing seen. */
    public static final CaptureStatistics NONE = new CaptureStatistics(0, 0, 0, 0, 0, 0, 0);

    /** The sum of two. */
    public CaptureStatistics plus(CaptureStatistics other) {
        return new CaptureStatistics(received + other.received, droppedByKernel + other.droppedByKernel,
                decodedPackets + other.decodedPackets, malformed + other.malformed, held + other.held,
                skipped + other.skipped, faults + other.faults);
    }
}
