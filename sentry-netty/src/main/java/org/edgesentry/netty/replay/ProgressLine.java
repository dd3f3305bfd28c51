package org.edgesentry.netty.replay;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.time.WallClock;

/** One line on a terminal, written over and over, from the first second on. Thread: the replay's. */
public final class ProgressLine implements Progress {

    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long NEXT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String WIPE = "\r\u001b[K";

    private final PrintStream terminal;
    private final WallClock clock;
    private final long allBytes;
    private final long beganNanos;
    private long dueNanos;
    private boolean shown;

    /**
     * A line that is not shown yet.
     *
     * @param allBytes length of all files; 0 when it is not known
     */
    public ProgressLine(PrintStream terminal, WallClock clock, long allBytes) {
        this.terminal = terminal;
        this.clock = clock;
        this.allBytes = allBytes;
        this.beganNanos = clock.epochNanos();
        this.dueNanos = beganNanos + FIRST_NANOS;
    }

    @Override
    public void reached(long packets, long bytes) {
        long now = clock.epochNanos();
        if (now < dueNanos) {
            return;
        }
        dueNanos = now + NEXT_NANOS;
        String share = allBytes > 0 ? Math.min(100, bytes * 100 / allBytes) + " %, " : "";
        double perSecond = packets * 1e9 / Math.max(1, now - beganNanos);
        terminal.print(WIPE + String.format(Locale.ROOT, "%s%,d packets, %,.0f per second", share, packets, perSecond));
        terminal.flush();
        shown = true;
    }

    @Override
    public void clear() {
        if (shown) {
            terminal.print(WIPE);
            terminal.flush();
            shown = false;
        }
    }
}
