package org.edgesentry.core.time;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The machine's own clock. Thread: any. */
public final class SystemWallClock implements WallClock {

    @Override
    public long epochNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
