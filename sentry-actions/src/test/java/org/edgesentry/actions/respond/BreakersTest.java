package org.edgesentry.actions.respond;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.edgesentry.actions.Requests;
import org.edgesentry.core.action.ActionRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the log says of BLOCK_RATE and BLOCK_MAX: once when they hold blocks up, once when they no longer do. */
class BreakersTest extends ResponderFixture {

    private static final String RATE_REACHED = "WARN BLOCK_RATE is reached since 2026-11-22T10:15:31Z: more hosts are "
            + "to be blocked than it allows in a second, as in a flood of forged sources. A host beyond that is "
            + "blocked with one of its next probes. If these hosts are real, raise BLOCK_RATE. Detection and reports "
            + "go on";
    private static final String MAX_REACHED = "WARN BLOCK_MAX (3 blocks) is reached since 2026-11-22T10:15:31Z: "
            + "further hosts are not blocked until blocks have ended. Raise BLOCK_MAX, or shorten BLOCK_TIME. "
            + "Detection and reports go on";

    @BeforeEach
    void start() throws IOException {
        open();
    }

    private void tick(long seconds, long blocksPutOff) {
        ActionRequest tick = Requests.tick(seconds);
        tick.blocksPutOff = blocksPutOff;
        respond(tick);
    }

    private List<String> warnings() {
        return log.lines().stream().filter(line -> line.startsWith("WARN")).toList();
    }

    @Test
    void tick_blocksPutOff_isSaidOnceHoweverLongItTakes() {
        for (int second = 1; second <= 600; second++) {
            tick(second, 1_000L * second);
        }

        assertThat(warnings()).containsExactly(RATE_REACHED);
    }

    @Test
    void tick_noneWasPutOffForAMinute_saysHowManyThereWere() {
        tick(1, 700);
        tick(90, 1_700);
        tick(149, 1_700);
        assertThat(warnings()).hasSize(1);
        tick(150, 1_700);
        tick(400, 1_700);

        assertThat(warnings()).containsExactly(RATE_REACHED, "WARN BLOCK_RATE is no longer reached: hosts are blocked "
                + "as usual again. Since 2026-11-22T10:15:31Z, for 1 min 29 s, 1700 blocks were put off");
    }

    @Test
    void tick_onceMoreAfterThat_countsFromTheBeginningOfTheSecond() {
        tick(1, 700);
        tick(61, 700);
        tick(100, 705);
        tick(160, 705);

        assertThat(warnings()).hasSize(4).last().asString().endsWith("for 0 s, 5 blocks were put off");
    }

    @Test
    void tick_clockStepsBack_staysOpenForAMinuteOfTheNewTime() {
        tick(1_000, 700);
        tick(10, 700);
        tick(69, 700);
        assertThat(warnings()).hasSize(1);
        tick(70, 700);

        assertThat(warnings()).hasSize(2).last().asString().contains("for 0 s, 700 blocks were put off");
    }

    @Test
    void block_beyondBlockMax_isSaidOnceAndAgainWhenThereIsRoom() {
        for (int host = 1; host <= 8; host++) {
            respond(Requests.block("192.0.2." + host));
        }
        tick(1, 0);
        respond(Requests.block("192.0.2.99"));
        tick(299, 0);
        assertThat(firewall.transactions).hasSize(BLOCK_MAX);
        assertThat(warnings()).containsExactly(MAX_REACHED);
        tick(300, 0);
        tick(360, 0);

        assertThat(warnings()).hasSize(2).last().isEqualTo("WARN BLOCK_MAX (3 blocks) is no longer reached: hosts are "
                + "blocked as usual again. Since 2026-11-22T10:15:31Z, for 4 min 58 s, 6 blocks were refused");
        assertThat(log.lines()).filteredOn(line -> line.contains("Scan from: [192.0.2.99]")).hasSize(1);
    }
}
