package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.edgesentry.core.config.ConfigParser;
import org.edgesentry.core.config.Mode;
import org.edgesentry.core.config.Modes;
import org.edgesentry.core.config.Settings;
import org.junit.jupiter.api.Test;

class TrapPlanTest {

    private static final String PORTS = "TCP_PORTS=\"1,11\"\nUDP_PORTS=\"7\"\n";

    @Test
    void oneProtocolBoundAndTheOtherRead_areKeptApart() throws StartFailure {
        TrapPlan plan = TrapPlan.of(settings(PORTS), modes(Mode.TCP, Mode.SUDP));

        assertThat(plan.boundTcp()).hasToString("1,11");
        assertThat(plan.readTcp().isEmpty()).isTrue();
        assertThat(plan.boundUdp().isEmpty()).isTrue();
        assertThat(plan.readUdp()).hasToString("7");
    }

    @Test
    void protocolWithoutAMode_isNotWatched() throws StartFailure {
        TrapPlan plan = TrapPlan.of(settings(PORTS), modes(Mode.STCP, null));

        assertThat(plan.tcp()).isEqualTo(2);
        assertThat(plan.udp()).isZero();
    }

    @Test
    void advancedMode_takesEveryPortUpToTheLimitButTheExcluded() throws StartFailure {
        TrapPlan plan = TrapPlan.of(settings("ADVANCED_PORTS_TCP=\"30\"\nADVANCED_EXCLUDE_TCP=\"21,25\"\n"
                + "ADVANCED_PORTS_UDP=\"65535\"\n"), modes(Mode.ATCP, Mode.AUDP));

        assertThat(plan.readTcp()).hasToString("1-20,22-24,26-30");
        assertThat(plan.readUdp()).hasToString("1-66,68-136,139-519,521-65535");
    }

    @Test
    void nothingToWatch_namesTheEmptyKeysOfTheMode() {
        assertThatThrownBy(() -> TrapPlan.of(settings("UDP_PORTS=\"7\"\n"), modes(Mode.TCP, null)))
                .hasMessageContaining("tcp mode: TCP_PORTS is empty");
        assertThatThrownBy(() -> TrapPlan.of(settings(""), Modes.STEALTH))
                .hasMessageContaining("TCP_PORTS and UDP_PORTS are both empty");
    }

    private static Modes modes(Mode tcp, Mode udp) {
        return new Modes(Optional.ofNullable(tcp), Optional.ofNullable(udp));
    }

    private static Settings settings(String content) {
        return ConfigParser.parse("test.conf", content.getBytes(StandardCharsets.UTF_8)).settings().orElseThrow();
    }
}
