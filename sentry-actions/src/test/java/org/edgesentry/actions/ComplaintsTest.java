package org.edgesentry.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ComplaintsTest {

    private final LogCapture log = new LogCapture();
    private final Complaints complaints = new Complaints(LogManager.getLogger("edgesentry.alert"));

    @AfterEach
    void stop() {
        log.close();
    }

    private static long second(long second) {
        return TimeUnit.SECONDS.toNanos(second);
    }

    @Test
    void say_sameReasonWithinAMinute_isSaidOnceAndThenCounted() {
        for (int i = 0; i < 60; i++) {
            complaints.say(second(i), "full", "the disk is full " + i);
        }
        complaints.say(second(60), "full", "the disk is full 60");

        assertThat(log.lines()).containsExactly("WARN the disk is full 0",
                "WARN the disk is full 60 (59 complaints were not repeated)");
    }

    @Test
    void say_anEndlessNumberOfReasons_isBounded() {
        for (int i = 0; i < 10_000; i++) {
            complaints.say(second(1), "reason " + i, "reason " + i);
        }

        assertThat(log.lines()).hasSize(ActionLimits.COMPLAINTS_PER_MINUTE);
    }

    @Test
    void say_afterTheClockSteppedBack_isNotSwallowedUntilItHasCaughtUp() {
        complaints.say(second(100_000), "full", "the disk is full");
        complaints.say(second(1), "full", "the disk is still full");

        assertThat(log.lines()).containsExactly("WARN the disk is full", "WARN the disk is still full");
    }
}
