package org.edgesentry.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReloadTest {

    private static final String OLD = "TCP_PORTS=\"1\"\nBLOCK_TCP=\"0\"\n";

    @Test
    void portsResponsesTimesAndTrigger_areTakenOver() {
        Reload reload = Reload.of(settings(OLD), settings("TCP_PORTS=\"1,11\"\nBLOCK_TCP=\"1\"\nBLOCK_TIME=\"2h\"\n"
                + "SCAN_TRIGGER=\"3\"\nIGNORE_FILE=\"/etc/ignore\"\n"));

        assertThat(reload.needRestart()).isEmpty();
        assertThat(reload.settings().traps().tcpPorts()).hasToString("1,11");
        assertThat(reload.settings().response().tcp()).isEqualTo(ResponseMode.BLOCK);
        assertThat(reload.settings().blocking().time()).isEqualTo(Duration.ofHours(2));
        assertThat(reload.settings().detection().scanTrigger()).isEqualTo(3);
        assertThat(reload.settings().files().ignore()).isPresent();
    }

    @Test
    void whoIsTold_isTakenOver() {
        Reload reload = Reload.of(settings(OLD), settings(OLD + "NOTIFY_MAIL_TO=\"root\"\nNOTIFY_ON=\"block\"\n"));

        assertThat(reload.needRestart()).isEmpty();
        assertThat(reload.settings().notification().mail().to()).containsExactly("root");
        assertThat(reload.settings().notification().on()).containsExactly(NotifyEvent.BLOCK);
    }

    @Test
    void whatIsBuiltIn_staysAndIsNamed() {
        Reload reload = Reload.of(settings(OLD), settings(OLD + "BLOCK_METHOD=\"route\"\nBLOCK_IPV6_PREFIX=\"56\"\n"
                + "HISTORY_FILE=\"/var/log/h\"\nPIPELINE=\"staged\"\n"));

        assertThat(reload.needRestart())
                .containsExactlyInAnyOrder("BLOCK_METHOD", "BLOCK_IPV6_PREFIX", "HISTORY_FILE", "PIPELINE");
        assertThat(reload.settings().blocking().ipv6Prefix()).isEqualTo(64);
    }

    @Test
    void commands_areTakenOver_unlessTheMethodHangsOnThem() {
        Reload other = Reload.of(settings(OLD + "KILL_ROUTE=\"a $TARGET$\"\n"), settings(OLD
                + "KILL_ROUTE=\"b $TARGET$\"\nKILL_RUN_CMD=\"c\"\nKILL_HOSTS_DENY=\"ALL: $TARGET$\"\n"));
        String blocking = "TCP_PORTS=\"1\"\nBLOCK_TCP=\"1\"\n";
        Reload none = Reload.of(settings(blocking + "KILL_ROUTE=\"a $TARGET$\"\n"), settings(blocking));
        Reload first = Reload.of(settings(OLD), settings(blocking + "KILL_ROUTE=\"a $TARGET$\"\n"));

        assertThat(other.needRestart()).isEmpty();
        assertThat(other.settings().response().killRoute()).hasValue("b $TARGET$");
        assertThat(none.needRestart()).containsExactly("KILL_ROUTE");
        assertThat(none.settings().response().killRoute()).hasValue("a $TARGET$");
        assertThat(first.needRestart()).isEmpty();
    }

    private static Settings settings(String content) {
        return ConfigParser.parse("test.conf", content.getBytes(StandardCharsets.UTF_8)).settings().orElseThrow();
    }
}
