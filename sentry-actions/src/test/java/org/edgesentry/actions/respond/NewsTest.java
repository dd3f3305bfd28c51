package org.edgesentry.actions.respond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.edgesentry.actions.Requests;
import org.edgesentry.actions.TestSettings;
import org.edgesentry.actions.firewall.NoFirewall;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.config.NotifyEvent;
import org.edgesentry.core.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What of the responder's work somebody is told, by a real command. */
@Timeout(60)
class NewsTest extends ResponderFixture {

    private Path out;

    private void openTelling() throws IOException {
        out = directory.resolve("told");
        blockSeconds = 3_600;
        told = telling(Duration.ofMinutes(1));
        open();
    }

    private Settings.Notify telling(Duration interval) {
        return new Settings.Notify(Optional.empty(), TestSettings.NOBODY_IS_TOLD.mail(),
                Optional.of("cat >> " + out), EnumSet.allOf(NotifyEvent.class), interval, 20, "",
                "$BLOCKS$ blocked, $SCANS$ scans\\n$LIST$");
    }

    /** Lets the gathering be over; the reload has the thread look. */
    private List<String> told() {
        now.addAndGet(Duration.ofMinutes(2).toNanos());
        told = telling(Duration.ofMinutes(2));
        respond(request(ActionKind.RENEW));
        await().until(() -> Files.exists(out) && Files.readString(out).contains("\n"));
        return lines();
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void block_andTheEndOfItsScan_areTold() throws IOException {
        openTelling();
        respond(Requests.block("192.0.2.7"), Requests.block("192.0.2.8"));
        respond(Requests.tick(100));

        assertThat(told()).containsExactly("2 blocked, 2 scans",
                "192.0.2.7: blocked until 2026-11-22T11:15:30Z (scan, TCP/11); "
                        + "scan ended: 1 probes within 0 ms, TCP SYN/Normal scan",
                "192.0.2.8: blocked until 2026-11-22T11:15:30Z (scan, TCP/11); "
                        + "scan ended: 1 probes within 0 ms, TCP SYN/Normal scan");
    }

    @Test
    void closingLine_isTheEndOfTheScan_withItsFigures() throws IOException {
        openTelling();
        respond(Requests.closing("192.0.2.7", 1_000, 970));

        assertThat(told()).first().isEqualTo("0 blocked, 1 scans");
        assertThat(lines().get(1)).startsWith("192.0.2.7: scan ended: 1000 probes within 1 min 30 s").endsWith(
                ", not blocked");
    }

    @Test
    void block_thatIsProlonged_isToldOnce() throws IOException {
        openTelling();
        respond(Requests.block("192.0.2.7"));
        respond(Requests.block("192.0.2.7"));

        assertThat(told()).first().isEqualTo("1 blocked, 0 scans");
    }

    @Test
    void block_withoutAFirewall_isToldAsWhatWouldBe() throws IOException {
        out = directory.resolve("told");
        blockSeconds = 3_600;
        told = telling(Duration.ofMinutes(1));
        open(new NoFirewall());
        respond(Requests.block("192.0.2.7"));

        assertThat(told().get(1)).startsWith("192.0.2.7: would be blocked until ");
    }
}
