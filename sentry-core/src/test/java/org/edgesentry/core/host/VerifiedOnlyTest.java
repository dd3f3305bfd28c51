package org.edgesentry.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.edgesentry.core.probe.Probes.NOON;
import static org.edgesentry.core.probe.Probes.SECOND;
import static org.edgesentry.core.probe.Probes.packet;
import static org.edgesentry.core.probe.Probes.syn;

import java.util.ArrayList;
import java.util.List;
import org.edgesentry.core.config.ResponseMode;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.ScanKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** BLOCK_VERIFIED_ONLY="1": who has not completed a handshake with a trap is logged, whatever he does. */
class VerifiedOnlyTest extends HostStateFixture {

    @BeforeEach
    void verify() {
        verifiedOnly = true;
        udp = ResponseMode.BLOCK;
    }

    private static ProbeEvent trapped(String source, int protocol, long epochNanos) {
        ProbeEvent event = packet(source, protocol, 11, epochNanos);
        event.seenBy = ProbeSource.TRAP;
        return event;
    }

    @Test
    void probe_capturedSyn_isReportedAndNeverBlocked() {
        HostStateHandler handler = handler();
        for (int port = 1; port <= 100; port++) {
            ProbeEvent probe = probe(handler, SCANNER, port, NOON + port);
            assertThat(probe.triggered).isTrue();
            assertThat(probe.blockForbidden).isTrue();
            assertThat(probe.blockRequested).isFalse();
        }
        assertThat(probe(handler, "198.51.100.8", 1, NOON).reported).isTrue();
    }

    @Test
    void probe_datagramToATrap_provesNothing() {
        ProbeEvent probe = handle(handler(), trapped(SCANNER, IpProtocol.UDP, NOON));

        assertThat(probe.blockForbidden).isTrue();
        assertThat(probe.blockRequested).isFalse();
    }

    @Test
    void probe_connectionToATrap_isBlocked() {
        ProbeEvent probe = handle(handler(), trapped(SCANNER, IpProtocol.TCP, NOON));

        assertThat(probe.blockForbidden).isFalse();
        assertThat(probe.blockRequested).isTrue();
    }

    @Test
    void probe_ofAProvenSource_isBlockedForWhateverItDoesUntilItIsForgotten() {
        scanTrigger = 2;
        HostStateHandler handler = handler();
        handle(handler, trapped(SCANNER, IpProtocol.TCP, NOON));

        assertThat(handle(handler, trapped(SCANNER, IpProtocol.UDP, NOON + DAY)).blockRequested).isTrue();

        long later = NOON + 2 * DAY + SECOND;
        probe(handler, SCANNER, 1, later);
        assertThat(probe(handler, SCANNER, 2, later + 1).blockRequested).isFalse();
    }

    @Test
    void verdict_whoHasProvenItsAddressWithItsFirstProbe_isToldAsProven() {
        HostStateHandler handler = handler();
        handle(handler, trapped(SCANNER, IpProtocol.TCP, NOON));
        List<ProbeEvent> judged = new ArrayList<>();
        for (int port = 100; port < 110; port++) {
            ProbeEvent probe = probe(handler, SCANNER, port, NOON + port);
            if (ScanKind.VERTICAL.isIn(probe.scan.kinds)) {
                judged.add(probe);
            }
        }

        assertThat(judged).isNotEmpty().allMatch(probe -> probe.scan.proven);
    }

    @Test
    void probe_unprovenWithCommandOnly_runsNoCommand() {
        tcp = ResponseMode.COMMAND_ONLY;

        assertThat(handle(handler(), syn(SCANNER, 11, NOON)).blockRequested).isFalse();
        assertThat(handle(handler(), trapped(SCANNER, IpProtocol.TCP, NOON)).commandOnly).isTrue();
    }

    @Test
    void confirm_aHundredAndThirtyBlocks_leavesTheProofAlone() {
        HostStateHandler handler = handler();
        long now = NOON;
        for (int block = 0; block < 130; block++) {
            assertThat(handle(handler, trapped(SCANNER, IpProtocol.TCP, now)).blockRequested).isTrue();
            confirm(handler, SCANNER, now + SECOND);
            now += 2 * SECOND;
        }
        assertThat(probe(handler, SCANNER, 99, now).blockRequested).isTrue();
        assertThat(probe(handler, "198.51.100.9", 99, now).blockForbidden).isTrue();
    }
}
