package org.edgesentry.netty.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class InterfaceSelectionTest {

    @Test
    void of_nothing_isAllButLoopback() {
        assertThat(InterfaceSelection.of(List.of())).isEqualTo(InterfaceSelection.ALL_NLO);
    }

    @Test
    void of_collectiveWords_areUnderstood() {
        assertThat(InterfaceSelection.of(List.of("ALL"))).isEqualTo(InterfaceSelection.ALL);
        assertThat(InterfaceSelection.of(List.of("any"))).isEqualTo(InterfaceSelection.ALL);
        assertThat(InterfaceSelection.of(List.of("any", "ALL"))).isEqualTo(InterfaceSelection.ALL);
        assertThat(InterfaceSelection.of(List.of("ALL_NLO"))).isEqualTo(InterfaceSelection.ALL_NLO);
    }

    @Test
    void of_names_areKeptOnceEach() {
        assertThat(InterfaceSelection.of(List.of("eth0", "eth1", "eth0")))
                .hasToString("eth0,eth1")
                .extracting(InterfaceSelection::scope).isEqualTo(InterfaceSelection.Scope.NAMED);
    }

    @Test
    void of_contradiction_namesBoth() {
        assertThatThrownBy(() -> InterfaceSelection.of(List.of("ALL", "eth0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--interface ALL and --interface eth0 contradict each other");
        assertThatThrownBy(() -> InterfaceSelection.of(List.of("ALL", "ALL_NLO")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofName_methods_knowTheirAlias() {
        assertThat(CaptureMethod.ofName("raw")).contains(CaptureMethod.RING);
        assertThat(CaptureMethod.ofName("ring")).contains(CaptureMethod.RING);
        assertThat(CaptureMethod.ofName("pcap")).contains(CaptureMethod.PCAP);
        assertThat(CaptureMethod.ofName("magic")).isEmpty();
    }
}
