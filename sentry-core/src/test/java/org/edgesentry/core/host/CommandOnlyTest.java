package org.edgesentry.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.edgesentry.core.probe.Probes.NOON;
import static org.edgesentry.core.probe.Probes.SECOND;
import static org.edgesentry.core.probe.Probes.syn;

import org.edgesentry.core.config.ResponseMode;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** BLOCK_UDP=2: the response is KILL_RUN_CMD, and no block. */
class CommandOnlyTest extends HostStateFixture {

    private HostStateHandler handler;

    @BeforeEach
    void answerUdpByCommand() {
        udp = ResponseMode.COMMAND_ONLY;
        handler = handler();
    }

    private ProbeEvent datagram(int port, long epochNanos) {
        ProbeEvent event = syn(SCANNER, port, epochNanos);
        event.protocol = IpProtocol.UDP;
        event.identity = port;
        return handle(handler, event);
    }

    @Test
    void datagram_firstOne_asksForTheCommand() {
        ProbeEvent event = datagram(69, NOON);

        assertThat(event.blockRequested).isTrue();
        assertThat(event.commandOnly).isTrue();
        assertThat(event.blockForbidden).isFalse();
    }

    @Test
    void datagram_commandWasRun_asksForNoOtherUntilItsTimeIsOver() {
        datagram(69, NOON);
        confirm(handler, SCANNER, NOON + 10 * SECOND);

        ProbeEvent second = datagram(111, NOON + SECOND);
        assertThat(second.blockRequested).isFalse();
        assertThat(second.firstSinceBlocked).isTrue();
        assertThat(datagram(513, NOON + 11 * SECOND).blockRequested).isTrue();
    }

    @Test
    void segment_afterACommandOnly_asksForABlockAtOnce() {
        datagram(69, NOON);
        ProbeEvent whilePending = probe(handler, SCANNER, 11, NOON);
        confirm(handler, SCANNER, NOON + DAY);

        assertThat(whilePending.blockRequested).isTrue();
        assertThat(whilePending.commandOnly).isFalse();
        assertThat(probe(handler, SCANNER, 12, NOON).blockRequested).isFalse();
    }

    @Test
    void segment_afterTheCommandIsDone_asksForABlock() {
        datagram(69, NOON);
        confirm(handler, SCANNER, NOON + DAY);

        assertThat(probe(handler, SCANNER, 11, NOON).blockRequested).isTrue();
    }

    @Test
    void datagram_ofABlockedHost_asksForNothing() {
        probe(handler, SCANNER, 11, NOON);
        confirm(handler, SCANNER, NOON + DAY);

        assertThat(datagram(69, NOON).blockRequested).isFalse();
    }

    @Test
    void datagram_blockWasLifted_asksForTheCommandAgain() {
        datagram(69, NOON);
        confirm(handler, SCANNER, NOON + DAY);
        handler.handle(outcome(EventKind.BLOCK_ENDED, SCANNER, NOON));

        assertThat(datagram(111, NOON).blockRequested).isTrue();
    }
}
