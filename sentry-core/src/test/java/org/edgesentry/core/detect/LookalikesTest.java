package org.edgesentry.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.probe.Probes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookalikesTest {

    private static final long MICROSECOND = 1_000;
    private static final SipHash HASH = new SipHash(1, 2);

    private final Random random = new Random(3);
    private final Lookalikes lookalikes = new Lookalikes();
    private long now = Probes.NOON;

    /** As nmap 7.93 sends them: 20 microseconds from source to source, one source port. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 20, 128})
    void note_ofDecoys_countsTheOthers(int decoys) {
        for (int port = 1; port <= 8; port++) {
            volley(decoys + 1, port, 40_000);
            now += 300 * MICROSECOND;
        }

        for (int source = 0; source <= decoys; source++) {
            assertThat(lookalikes.of(source(source))).isEqualTo(decoys);
        }
    }

    @Test
    void note_ofDecoys_saysSoFromTheFifthContactOn() {
        for (int port = 1; port <= 3; port++) {
            volley(5, port, 40_000);
        }
        assertThat(lookalikes.of(source(3))).isZero();

        volley(5, 4, 40_000);
        assertThat(note(0, 5, 40_000)).isEqualTo(4);
        assertThat(note(1, 5, 40_000)).isEqualTo(4);
    }

    @Test
    void note_ofDecoysWithAPortEach_findsThem() {
        for (int port = 1; port <= 8; port++) {
            for (int source = 0; source < 4; source++) {
                note(source, port, 40_000 + source);
                now += 20 * MICROSECOND;
            }
        }

        assertThat(lookalikes.of(source(2))).isEqualTo(3);
    }

    /** nmap -T0: five minutes between probes. */
    @Test
    void note_ofDecoysOfASlowScan_findsThem() {
        for (int port = 1; port <= 6; port++) {
            volley(5, port, 40_000);
            now += 300 * Probes.SECOND;
        }

        assertThat(lookalikes.of(source(0))).isEqualTo(4);
    }

    @Test
    void note_ofDecoysWithLoss_findsThem() {
        for (int port = 1; port <= 60; port++) {
            for (int source = 0; source < 5; source++) {
                if (random.nextInt(20) != 0) {
                    note(source, port, 40_000);
                }
                now += 20 * MICROSECOND;
            }
        }

        assertThat(lookalikes.of(source(0))).isEqualTo(4);
    }

    @Test
    void note_ofDecoysInAFlood_findsThem() {
        for (int port = 1; port <= 50; port++) {
            volley(5, port, 40_000);
            for (int i = 0; i < 1_000; i++) {
                lookalikes.note(random.nextLong(), HASH.hash(random.nextInt(65_536), 9), random.nextInt(65_536), now);
                now += 10 * MICROSECOND;
            }
        }

        assertThat(lookalikes.of(source(3))).isEqualTo(4);
    }

    @Test
    void note_ofTwoScannersMinutesApart_keepsThemApart() {
        for (int scanner = 0; scanner < 2; scanner++) {
            for (int port = 1; port <= 1_000; port++) {
                note(scanner, port, 40_000 + scanner);
                now += 1_000 * MICROSECOND;
            }
            now += 180 * Probes.SECOND;
        }

        assertThat(lookalikes.of(source(0))).isZero();
        assertThat(lookalikes.of(source(1))).isZero();
    }

    /** Each in its own order, all 65,535 ports within ten seconds. */
    @Test
    void note_ofTwoScannersAtOnce_keepsThemApart() {
        List<Integer> first = shuffledPorts();
        List<Integer> second = shuffledPorts();
        for (int i = 0; i < first.size(); i++) {
            assertThat(note(0, first.get(i), 40_000)).isZero();
            assertThat(note(1, second.get(i), 50_000)).isZero();
            now += 150 * MICROSECOND;
        }
    }

    @Test
    void note_ofManyClientsOfOneService_findsNone() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(note(i % 40, 443, 30_000 + i)).isZero();
            now += 1_000 * MICROSECOND;
        }
    }

    /** Without ports, nothing but the time tells whether it is one who asks. */
    @Test
    void note_ofTwoWhoPingANetworkOneAfterTheOther_keepsThemApart() {
        for (int source = 0; source < 2; source++) {
            for (int host = 1; host <= 40; host++) {
                assertThat(note(source, host, 0)).isZero();
                now += 2_000 * MICROSECOND;
            }
            now += Probes.SECOND;
        }
    }

    @Test
    void note_ofDecoysWithoutPorts_findsThem() {
        for (int protocol = 1; protocol <= 8; protocol++) {
            volley(4, protocol, 0);
            now += 300 * MICROSECOND;
        }

        assertThat(lookalikes.of(source(2))).isEqualTo(3);
    }

    @Test
    void note_ofAFloodOnAllPorts_findsNone() {
        for (int i = 0; i < 200_000; i++) {
            assertThat(note(i, i & 0xFF, random.nextInt(65_536))).isZero();
            now += 10 * MICROSECOND;
        }
    }

    @Test
    void note_whenTheClockStepsBack_goesOn() {
        for (int port = 1; port <= 8; port++) {
            volley(3, port, 40_000);
            now -= 1_000 * Probes.SECOND;
        }

        assertThat(lookalikes.of(source(1))).isEqualTo(2);
    }

    private void volley(int sources, int port, int sourcePort) {
        for (int source = 0; source < sources; source++) {
            note(source, port, sourcePort);
            now += 20 * MICROSECOND;
        }
    }

    private int note(int source, int port, int sourcePort) {
        return lookalikes.note(source(source), HASH.hash(port, 9), sourcePort, now);
    }

    private List<Integer> shuffledPorts() {
        List<Integer> ports = new ArrayList<>();
        for (int port = 1; port < 65_536; port++) {
            ports.add(port);
        }
        Collections.shuffle(ports, random);
        return ports;
    }

    private static long source(int number) {
        return HASH.hash(number, 1);
    }
}
