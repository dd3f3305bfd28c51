package org.edgesentry.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.Probes;
import org.edgesentry.core.probe.ScanType;
import org.junit.jupiter.api.Test;

class PendingContactsTest {

    private static final String PEER = "198.51.100.7";
    private static final long FIRST_FORGED = 0x0B00_0000L;
    private static final long MILLI = Probes.SECOND / 1_000;

    private final PendingContacts pending = new PendingContacts();

    private static ProbeEvent syn(long sourceLo, int port) {
        ProbeEvent event = Probes.tcp(PEER, port, TcpFlags.SYN, Probes.NOON);
        event.sourceLo = sourceLo;
        event.pair = sourceLo;
        event.scanType = ScanType.TCP_SYN;
        return event;
    }

    private static ProbeEvent answer(ProbeEvent question, int flags) {
        ProbeEvent event = Probes.packet("192.0.2.1", IpProtocol.TCP, question.sourcePort, question.epochNanos);
        event.destinationLo = question.sourceLo;
        event.pair = question.pair;
        event.sourcePort = question.destinationPort;
        event.tcpFlags = flags;
        event.payloadLength = 0;
        return event;
    }

    private void flood() {
        for (int i = 0; i < Limits.PENDING_CONTACTS - 2; i++) {
            pending.opens(syn(FIRST_FORGED + i, 80));
        }
    }

    @Test
    void opens_full_theOldestEndsAsItStands() {
        ProbeEvent first = syn(1, 443);
        pending.opens(first);
        pending.answers(answer(first, TcpFlags.SYN | TcpFlags.ACK));
        flood();
        assertThat(pending.opens(syn(2, 443))).isTrue();
        assertThat(pending.sourceLo()).isEqualTo(1);
        assertThat(Contact.outcome(pending.contact())).isEqualTo(Outcome.NEUTRAL);
    }

    @Test
    void opens_full_theNewcomerIsTakenIn() {
        pending.opens(syn(1, 443));
        flood();
        ProbeEvent newcomer = syn(2, 443);
        pending.opens(newcomer);
        pending.release();
        assertThat(pending.answers(answer(newcomer, TcpFlags.RST | TcpFlags.ACK))).isTrue();
        assertThat(pending.sourceLo()).isEqualTo(2);
    }

    /** Two cards, two rings, a tick between packets: clocks that differ a little and take turns. */
    @Test
    void expires_clocksThatTakeTurns_noSoonerThanByOneClock() {
        pending.pass(Probes.NOON);
        pending.opens(syn(1, 443));
        for (int i = 0; i < 1_000; i++) {
            pending.pass(Probes.NOON + 50 * MILLI);
            pending.pass(Probes.NOON);
            assertThat(pending.expires()).isFalse();
        }
        pending.pass(Probes.NOON + 4 * Probes.SECOND);
        assertThat(pending.expires()).isTrue();
    }

    @Test
    void expires_clockSetBackByAnHour_timeGoesOn() {
        pending.pass(Probes.NOON);
        pending.opens(syn(1, 443));
        long earlier = Probes.NOON - 3_600 * Probes.SECOND;
        pending.pass(earlier);
        pending.pass(earlier + 4 * Probes.SECOND);
        assertThat(pending.expires()).isTrue();
    }
}
