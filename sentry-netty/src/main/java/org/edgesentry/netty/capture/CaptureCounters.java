package org.edgesentry.netty.capture;

import java.util.concurrent.atomic.AtomicLong;
import org.edgesentry.core.decode.DecodeStatus;

/**
 * What one capture thread has made of its packets.
 *
 * <p>Thread: one writes, any read; the writer never pays for a locked instruction.
 */
public final class CaptureCounters {

    private final AtomicLong decoded = new AtomicLong();
    private final AtomicLong malformed = new AtomicLong();
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();

    /** A packet has been decoded, with this result. */
    public void count(DecodeStatus status) {
        increment(switch (status) {
            case PACKET -> decoded;
            case MALFORMED -> malformed;
            case FRAGMENT_HELD -> held;
            case NOT_IP, LATER_FRAGMENT -> skipped;
        });
    }

    /** An error has been survived; says whether it was the first. */
    public boolean countFault() {
        increment(faults);
        return faults.getPlain() == 1;
    }

    /** These counts with what the kernel says. */
    public CaptureStatistics with(long received, long droppedByKernel) {
        return new CaptureStatistics(received, droppedByKernel, decoded.get(), malformed.get(), held.get(),
                skipped.get(), faults.get());
    }

    private static void increment(AtomicLong counter) {
        counter.lazySet(counter.getPlain() + 1);
    }
}
