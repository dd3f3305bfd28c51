package org.edgesentry.netty.capture;

import org.edgesentry.core.decode.DecodeStatus;
import org.edgesentry.core.metrics.SingleWriterCounters;

/**
 * What one capture thread has made of its packets.
 *
 * <p>Thread: one writes, any read; the writer never pays for a locked instruction.
 */
public final class CaptureCounters {

    private static final int DECODED = 0;
    private static final int MALFORMED = 1;
    private static final int HELD = 2;
    private static final int SKIPPED = 3;
    private static final int FAULTS = 4;

    private final SingleWriterCounters counts = new SingleWriterCounters(FAULTS + 1);

    /** A packet has been decoded, with this result. */
    public void count(DecodeStatus status) {
        counts.increment(switch (status) {
            case PACKET -> DECODED;
            case MALFORMED -> MALFORMED;
            case FRAGMENT_HELD -> HELD;
            case NOT_IP, LATER_FRAGMENT -> SKIPPED;
        });
    }

    /** An error has been survived; says whether it was the first. */
    public boolean countFault() {
        counts.increment(FAULTS);
        return counts.get(FAULTS) == 1;
    }

    /** These counts with what the kernel says. */
    public CaptureStatistics with(long received, long droppedByKernel) {
        return new CaptureStatistics(received, droppedByKernel, counts.get(DECODED), counts.get(MALFORMED),
                counts.get(HELD), counts.get(SKIPPED), counts.get(FAULTS));
    }
}
