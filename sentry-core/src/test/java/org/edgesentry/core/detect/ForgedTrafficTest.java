package org.edgesentry.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.Verdict;
import org.junit.jupiter.api.Test;

/** Packets that are made to mislead the detector: about who sends them, or to whom they belong. */
class ForgedTrafficTest {

    private static final String HOME = Sensor.HOME;
    private static final String SCANNER = "198.51.100.7";

    private final Sensor sensor = new Sensor();

    private void scan(int contacts) {
        for (int port = 1_000; port < 1_000 + contacts; port++) {
            sensor.syn(SCANNER, HOME, port);
            sensor.tcp(HOME, port, SCANNER, 40_000, TcpFlags.RST | TcpFlags.ACK);
        }
        assertThat(sensor.scans).hasSize(1);
    }

    /** Who forges an address sends data as well, without having seen the answer. */
    @Test
    void proof_dataOfTheSource_isNone() {
        sensor.syn(SCANNER, HOME, 81);
        sensor.syn(SCANNER, HOME, 80);
        sensor.tcp(HOME, 80, SCANNER, 40_000, TcpFlags.SYN | TcpFlags.ACK);
        sensor.tcp(SCANNER, 40_000, HOME, 80, TcpFlags.ACK | TcpFlags.PSH, 100);
        sensor.tcp(HOME, 80, SCANNER, 40_000, TcpFlags.RST);
        scan(12);
        assertThat(sensor.scans.get(0).proven).isFalse();
    }

    @Test
    void proof_dataOfTheServer_evenInTheVeryFirstContact() {
        sensor.syn(SCANNER, HOME, 22);
        sensor.tcp(HOME, 22, SCANNER, 40_000, TcpFlags.SYN | TcpFlags.ACK);
        sensor.tcp(SCANNER, 40_000, HOME, 22, TcpFlags.ACK);
        sensor.tcp(HOME, 22, SCANNER, 40_000, TcpFlags.ACK | TcpFlags.PSH, 40);
        scan(12);
        assertThat(sensor.scans.get(0).proven).isTrue();
    }

    /** 2001:db8:1::1 speaks with one address of the attacker, who picks another for each of its neighbours. */
    @Test
    void conversation_withAPickedAddress_isNotOurs() {
        sensor.tcp("2001:db8:1::1", 50_000, "2001:db8:9::7", 8_000, TcpFlags.SYN);
        assertThat(sensor.tcp("2001:db8:9:0:0:6:0:7", 8_000, "2001:db8:1::2", 50_000, TcpFlags.ACK))
                .isEqualTo(Verdict.CONTACT);
    }

    /** A home service that answers him has not turned to him of its own accord, whatever his question looked like. */
    @Test
    void question_thatLooksLikeAnAnswer_makesNobodyAnAcquaintance() {
        assertThat(sensor.udp(SCANNER, 1_900, HOME, 5_060)).isEqualTo(Verdict.BACKSCATTER);
        sensor.udp(HOME, 5_060, SCANNER, 1_900);
        scan(8);
    }
}
