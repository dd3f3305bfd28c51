package org.edgesentry.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReportTest {

    @Test
    void lines_ofAnEmptyFile_areTheDefaults() {
        assertThat(SettingsReport.lines(parse(List.of()).settings().orElseThrow())).containsExactly(
                "TCP_PORTS=\"\"",
                "UDP_PORTS=\"\"",
                "HOME_NET=\"\"",
                "IGNORE_FILE=\"\"",
                "NEVER_BLOCK_AUTO=\"1\"",
                "BLOCK_TCP=\"0\"",
                "BLOCK_UDP=\"0\"",
                "BLOCK_METHOD=\"auto\"",
                "BLOCK_TIME=\"1h\"",
                "BLOCK_TIME_FACTOR=\"2\"",
                "BLOCK_TIME_MAX=\"7d\"",
                "BLOCK_EXTEND=\"0\"",
                "BLOCK_IPV6_PREFIX=\"64\"",
                "BLOCK_RATE=\"1000\"",
                "BLOCK_MAX=\"200000\"",
                "BLOCK_VERIFIED_ONLY=\"0\"",
                "BLOCK_OFFLOAD=\"auto\"",
                "KILL_ROUTE=\"\"",
                "KILL_HOSTS_DENY=\"\"",
                "KILL_RUN_CMD=\"\"",
                "KILL_RUN_CMD_FIRST=\"0\"",
                "SCAN_TRIGGER=\"0\"",
                "SCAN_WINDOW=\"1d\"",
                "PORT_BANNER=\"\"",
                "TRAP_RESPONSE=\"close\"",
                "TRAP_STEER=\"auto\"",
                "HISTORY_FILE=\"\"",
                "BLOCKED_FILE=\"\"",
                "EVENT_LOG=\"\"",
                "RESOLVE_HOST=\"0\"",
                "STATE_DIR=\"/var/lib/edge-sentry\"",
                "NOTIFY_WEBHOOK=\"\"",
                "NOTIFY_MAIL_TO=\"\"",
                "NOTIFY_MAIL_FROM=\"\"",
                "NOTIFY_SMTP=\"smtp://127.0.0.1:25\"",
                "NOTIFY_SMTP_USER=\"\"",
                "NOTIFY_SMTP_PASSWORD_FILE=\"\"",
                "NOTIFY_COMMAND=\"\"",
                "NOTIFY_ON=\"block,scan\"",
                "NOTIFY_INTERVAL=\"1m\"",
                "NOTIFY_PER_HOUR=\"20\"",
                "NOTIFY_SUBJECT=\"Edge Sentry on $HOST$: $BLOCKS$ blocked, $SCANS$ scans\"",
                "NOTIFY_TEXT=\"$TIME$ $HOST$: $BLOCKS$ blocked, $SCANS$ scans\\n\\n$LIST$\"",
                "CONTROL_SOCKET=\"/run/edge-sentry.sock\"",
                "METRICS_LISTEN=\"\"",
                "PIPELINE=\"\"",
                "ADVANCED_PORTS_TCP=\"1024\"",
                "ADVANCED_PORTS_UDP=\"1024\"",
                "ADVANCED_EXCLUDE_TCP=\"113,139\"",
                "ADVANCED_EXCLUDE_UDP=\"67,137-138,520\"");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void lines_ofRandomSettings_readAsTheSameSettings(long seed) {
        RandomSettings random = new RandomSettings(seed);
        for (int i = 0; i < 300; i++) {
            Settings settings = random.next();

            ConfigResult again = parse(SettingsReport.lines(settings));

            assertThat(again.faults()).isEmpty();
            assertThat(again.settings()).contains(settings);
        }
    }

    private static ConfigResult parse(List<String> lines) {
        return ConfigParser.parse("report", String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
}
