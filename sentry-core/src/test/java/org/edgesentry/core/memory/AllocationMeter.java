package org.edgesentry.core.memory;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what a piece of code allocates on the heap once it is warm. Thread: the test's. */
public final class AllocationMeter {

    private static final int ROUNDS = 3;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocationMeter() {
    }

    /**
     * Bytes that a round allocates on this thread, the least of up to three rounds. What the code allocates, it
     * allocates in each. What the virtual machine does when it gives up compiled code, at a moment of its own, falls
     * into one: objects that the compiler had done without are made for the interpreter.
     */
    public static long bytesPerRound(Runnable round) {
        THREADS.getCurrentThreadAllocatedBytes();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS && least > 0; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            round.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
