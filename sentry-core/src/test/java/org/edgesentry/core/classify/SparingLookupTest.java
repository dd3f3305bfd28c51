package org.edgesentry.core.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.edgesentry.core.probe.Probes.NOON;
import static org.edgesentry.core.probe.Probes.SECOND;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.memory.AllocationMeter;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.Probes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparingLookupTest {

    private static final String SCANNER = "198.51.100.7";
    private static final long ABSENT_NANOS = TimeUnit.MILLISECONDS.toNanos(Limits.ABSENT_MILLIS);

    private boolean listed;
    private boolean open;
    private int asked;
    private final SparingLookup lookup = new SparingLookup(event -> listed, event -> {
        asked++;
        return open;
    });

    @Test
    void listedPort_isTakenWithoutAQuestion() {
        listed = true;
        assertThat(lookup.wouldTake(Probes.syn(SCANNER, 111, NOON))).isTrue();
        assertThat(asked).isZero();
    }

    @Test
    void closedPort_isAskedForOnceInAWhile() {
        for (int i = 0; i < 1_000; i++) {
            ProbeEvent event = Probes.syn(SCANNER, 111, NOON);
            event.sourceLo += i;
            assertThat(lookup.wouldTake(event)).isFalse();
        }
        assertThat(asked).isOne();
    }

    @Test
    void portThatIsOpenedAfterAQuestion_isKnownAfterTheWhile() {
        lookup.wouldTake(Probes.syn(SCANNER, 111, NOON));
        open = true;
        assertThat(lookup.wouldTake(Probes.syn(SCANNER, 111, NOON + ABSENT_NANOS))).isFalse();
        assertThat(lookup.wouldTake(Probes.syn(SCANNER, 111, NOON + ABSENT_NANOS + 1))).isTrue();
    }

    @Test
    void otherPortAddressProtocolOrInterface_isAQuestionOfItsOwn() {
        ProbeEvent address = Probes.syn(SCANNER, 111, NOON);
        address.destinationLo++;
        ProbeEvent arrival = Probes.syn(SCANNER, 111, NOON);
        arrival.interfaceIndex = 7;
        lookup.wouldTake(Probes.syn(SCANNER, 111, NOON));
        lookup.wouldTake(Probes.syn(SCANNER, 112, NOON));
        lookup.wouldTake(Probes.syn("2001:db8:9::1", 111, NOON));
        lookup.wouldTake(Probes.packet(SCANNER, IpProtocol.UDP, 111, NOON));
        lookup.wouldTake(address);
        lookup.wouldTake(arrival);
        assertThat(asked).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {TcpFlags.ACK, TcpFlags.FIN, 0})
    void segmentThatAConnectionMightTake_isAskedForEachTime(int flags) {
        lookup.wouldTake(Probes.tcp(SCANNER, 111, flags, NOON));
        open = true;
        assertThat(lookup.wouldTake(Probes.tcp(SCANNER, 111, flags, NOON))).isTrue();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void flood_ofManyPorts_asksNoMoreThanTheLimit() {
        for (int i = 0; i < 500_000; i++) {
            lookup.wouldTake(Probes.syn(SCANNER, i % 65_536, NOON + i * SECOND / 500_000));
        }
        assertThat(asked).isBetween(Limits.LOOKUPS_PER_SECOND,
                Limits.LOOKUPS_BURST + Limits.LOOKUPS_PER_SECOND + 1);
        assertThat(lookup.leftOut()).isEqualTo(500_000 - asked);
    }

    @Test
    void wouldTake_allocatesNothing() {
        ProbeEvent event = Probes.syn(SCANNER, 111, NOON);
        ask(event, 200_000);
        assertThat(AllocationMeter.bytesPerRound(() -> ask(event, 1_000_000))).isZero();
    }

    private void ask(ProbeEvent event, int times) {
        for (int i = 0; i < times; i++) {
            event.destinationPort = i & 0xFFFF;
            event.tcpFlags = (i & 1) == 0 ? TcpFlags.SYN : TcpFlags.ACK;
            event.epochNanos += 1_000;
            lookup.wouldTake(event);
        }
    }
}
