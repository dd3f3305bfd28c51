package org.edgesentry.netty.system;

import java.util.Optional;

/**
 * How the scheduler of the kernel treats the calling thread, sched(7). What a kernel does not know or allow stays as
 * it was: all of this is only about speed.
 *
 * <p>Thread: any; each speaks of itself and of the threads that it starts from then on.
 */
public final class ThreadPolicy {

    /** Numbers of sched_setattr(2) and sched_getattr(2), which the C library has no function for before 2.41. */
    private static final Optional<long[]> NUMBERS = switch (System.getProperty("os.arch")) {
        case "amd64" -> Optional.of(new long[] {314, 315});
        case "aarch64" -> Optional.of(new long[] {274, 275});
        default -> Optional.empty();
    };
    /** {@code struct sched_attr} in its first form: size, policy, flags, nice, priority, runtime, deadline, period. */
    private static final int ATTRIBUTES_BYTES = 48;
    private static final int POLICY = 4;
    private static final int FLAGS = 8;
    private static final int RUNTIME = 24;
    private static final int NORMAL = 0;
    /**
     * Shorter than the 700 microseconds, with two cores 1.4 milliseconds, that others have, and long enough for the
     * work of a probe: who has used up a short slice in its midst waits for others again.
     */
    private static final long SHORT_SLICE_NANOS = 500_000;

    private ThreadPolicy() {
    }

    /**
     * Asks for short slices of time, which are served sooner: a thread that wakes up for a packet is then not kept
     * waiting for the rest of another's slice, up to four milliseconds. Its share of a busy core is no larger. Kernels
     * before 6.12 do not know this.
     */
    public static void shortSlices() {
        NUMBERS.ifPresent(numbers -> {
            NativeMemory attributes = new NativeMemory(ATTRIBUTES_BYTES);
            long got = LibC.syscall(numbers[1], 0, attributes.address(0), ATTRIBUTES_BYTES, 0);
            if (got == 0 && attributes.host().getInt(POLICY) == NORMAL) {
                attributes.host().putLong(FLAGS, 0).putLong(RUNTIME, SHORT_SLICE_NANOS);
                LibC.syscall(numbers[0], 0, attributes.address(0), 0, 0);
            }
        });
    }
}
