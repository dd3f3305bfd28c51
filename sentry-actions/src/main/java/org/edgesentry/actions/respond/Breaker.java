package org.edgesentry.actions.respond;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.limits.Limits;

/**
 * Tells of one of the two breakers that keep a forged flood from filling the firewall: once when it holds a block up
 * for the first time, and once when it has held up none for a minute, with how many there were. In between it says
 * nothing, however long that takes; so a flood costs two lines a minute at the most.
 *
 * <p>Thread: action worker only. Time is the requests' own; one that steps back ends no pause.
 */
final class Breaker {

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(Limits.BREAKER_QUIET_SECONDS);

    private final String key;
    private final String meaning;
    private final String heldUp;
    private final Logger log;
    private boolean open;
    private long countBefore;
    private long lastCount;
    private long sinceNanos;
    private long lastHeldUpNanos;

    /**
     * A closed breaker.
     *
     * @param key the key that sets its limit
     * @param meaning what is held up when it is open, until when, and what can be done
     * @param heldUp what became of such a block, in one participle
     */
    Breaker(String key, String meaning, String heldUp, Logger log) {
        this.key = key;
        this.meaning = meaning;
        this.heldUp = heldUp;
        this.log = log;
    }

    /**
     * Looks at its counter.
     *
     * @param count blocks that it has held up so far, which only grows
     * @param hasRoom whether it would let a block pass now
     */
    void look(long count, boolean hasRoom, long epochNanos) {
        if (count > lastCount) {
            lastHeldUpNanos = epochNanos;
            open(epochNanos);
        } else if (open && hasRoom && isQuiet(epochNanos)) {
            close(epochNanos);
        }
        lastCount = count;
    }

    private boolean isQuiet(long epochNanos) {
        lastHeldUpNanos = Math.min(lastHeldUpNanos, epochNanos);
        return epochNanos - lastHeldUpNanos >= QUIET_NANOS;
    }

    private void open(long epochNanos) {
        if (!open) {
            open = true;
            countBefore = lastCount;
            sinceNanos = epochNanos;
            log.warn("{} is reached since {}: {}. Detection and reports go on", key, time(sinceNanos), meaning);
        }
    }

    private void close(long epochNanos) {
        open = false;
        long seconds = Math.max(0, TimeUnit.NANOSECONDS.toSeconds(lastHeldUpNanos - sinceNanos));
        log.warn("{} is no longer reached: hosts are blocked as usual again. Since {}, for {}, {} blocks were {}", key,
                time(sinceNanos), length(seconds), lastCount - countBefore, heldUp);
    }

    private static String time(long epochNanos) {
        return Instant.ofEpochSecond(0, epochNanos).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String length(long seconds) {
        Duration length = Duration.ofSeconds(seconds);
        return length.toMinutes() == 0 ? seconds + " s" : length.toMinutes() + " min " + length.toSecondsPart() + " s";
    }
}
