package org.edgesentry.netty.control;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.limits.TokenBucket;
import org.edgesentry.core.time.WallClock;

/** Counts what is refused, and says so in a line a minute at most. Thread: the control loop. */
final class Refusals {

    private static final Logger LOG = LogManager.getLogger(Refusals.class);

    private final ControlCounters counters;
    private final WallClock clock;
    private final TokenBucket lines = new TokenBucket(1, 1);
    private long untold;

    Refusals(ControlCounters counters, WallClock clock) {
        this.counters = counters;
        this.clock = clock;
    }

    void count(Refusal kind, String why) {
        counters.count(kind);
        untold++;
        if (lines.tryTake(clock.epochNanos())) {
            LOG.warn("Control socket: {} refused since the last such line, or the start; the last ({}): {}",
                    untold, kind.word(), why);
            untold = 0;
        }
    }
}
