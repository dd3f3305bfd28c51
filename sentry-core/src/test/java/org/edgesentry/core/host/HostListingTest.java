package org.edgesentry.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.edgesentry.core.probe.Probes.NOON;
import static org.edgesentry.core.probe.Probes.SECOND;
import static org.edgesentry.core.probe.Probes.packet;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgesentry.core.command.BlocksCommand;
import org.edgesentry.core.command.CommandRefusedException;
import org.edgesentry.core.command.HostSnapshot;
import org.edgesentry.core.command.HostsCommand;
import org.edgesentry.core.command.OperatorCommand;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.ScanType;
import org.junit.jupiter.api.Test;

/** {@code sentry hosts}: what the third handler answers. */
class HostListingTest extends HostStateFixture {

    private static void send(HostStateHandler handler, OperatorCommand command) {
        ProbeEvent event = new ProbeEvent();
        event.kind = EventKind.COMMAND;
        event.command = command;
        handler.handle(event);
    }

    private static List<HostSnapshot> list(HostStateHandler handler, int limit) {
        HostsCommand command = new HostsCommand(limit, new CompletableFuture<>());
        send(handler, command);
        return command.answer().getNow(null);
    }

    @Test
    void list_hosts_mostPortsFirstThenLastSeenFirst() {
        HostStateHandler handler = handler();
        for (int port = 1; port <= 5; port++) {
            probe(handler, SCANNER, port, NOON);
        }
        probe(handler, "198.51.100.1", 1, NOON);
        probe(handler, "198.51.100.2", 1, NOON + 2 * SECOND);

        assertThat(list(handler, 10)).extracting(host -> host.host().toString())
                .containsExactly(SCANNER, "198.51.100.2", "198.51.100.1");
        assertThat(list(handler, 1)).extracting(host -> host.host().toString()).containsExactly(SCANNER);
        assertThat(list(handler(), 10)).isEmpty();
    }

    @Test
    void list_moreThanAnAnswerHolds_isCut() {
        maxHosts = 2 * Limits.HOSTS_LISTED;
        HostStateHandler handler = handler();
        for (int i = 0; i <= Limits.HOSTS_LISTED; i++) {
            probe(handler, "10.0." + i / 250 + "." + i % 250, 1, NOON);
        }

        assertThat(list(handler, Integer.MAX_VALUE)).hasSize(Limits.HOSTS_LISTED);
    }

    @Test
    void list_fieldsOfOneHost_areWhatItDid() {
        HostStateHandler handler = handler();
        handle(handler, packet("2001:db8:1:2::7", IpProtocol.TCP, 11, NOON));
        HostSnapshot once = list(handler, 10).get(0);
        ProbeEvent datagram = packet("2001:db8:1:2::8", IpProtocol.UDP, 69, NOON + SECOND);
        datagram.scanType = ScanType.UDP;
        handle(handler, datagram);
        ProbeEvent proof = packet("2001:db8:1:2::8", IpProtocol.TCP, 111, NOON + 2 * SECOND);
        proof.seenBy = ProbeSource.TRAP;
        handle(handler, proof);
        HostSnapshot host = list(handler, 10).get(0);

        assertThat(once.ports()).containsExactly("TCP/11");
        assertThat(once.odds()).isZero();
        assertThat(once.proven()).isFalse();
        assertThat(host.host()).hasToString("2001:db8:1:2::/64");
        assertThat(host.ports()).containsExactly("TCP/11", "UDP/69", "TCP/111");
        assertThat(host.hits()).isEqualTo(3);
        assertThat(host.firstEpochNanos()).isEqualTo(NOON);
        assertThat(host.lastEpochNanos()).isEqualTo(NOON + 2 * SECOND);
        assertThat(host.odds()).isBetween(4.0, 64.0);
        assertThat(host.proven()).isTrue();
        assertThat(host.judged()).isFalse();
    }

    @Test
    void list_scanner_isJudgedByItsOdds() {
        HostStateHandler handler = handler();
        for (int port = 1; port <= 20; port++) {
            probe(handler, SCANNER, port, NOON + port);
        }

        HostSnapshot host = list(handler, 10).get(0);
        assertThat(host.judged()).isTrue();
        assertThat(host.odds()).isGreaterThan(1_000);
    }

    @Test
    void list_blockOfAHost_isFollowedFromRequestToEnd() {
        HostStateHandler handler = handler();
        probe(handler, SCANNER, 1, NOON);
        assertThat(list(handler, 1).get(0).block()).isEqualTo(HostSnapshot.Block.PENDING);
        assertThat(list(handler, 1).get(0).blockedUntilEpochNanos()).isZero();

        confirm(handler, SCANNER, NOON + 60 * SECOND);
        assertThat(list(handler, 1).get(0).block()).isEqualTo(HostSnapshot.Block.BLOCKED);
        assertThat(list(handler, 1).get(0).blockedUntilEpochNanos()).isEqualTo(NOON + 60 * SECOND);

        confirm(handler, SCANNER, Long.MAX_VALUE);
        assertThat(list(handler, 1).get(0).blockedUntilEpochNanos()).isEqualTo(Long.MAX_VALUE);

        handler.handle(outcome(EventKind.BLOCK_ENDED, SCANNER, NOON));
        assertThat(list(handler, 1).get(0).block()).isEqualTo(HostSnapshot.Block.NONE);
    }

    @Test
    void command_aboutBlocks_isLeftToTheActions() {
        CompletableFuture<List<ActiveBlock>> answer = new CompletableFuture<>();

        send(handler(), new BlocksCommand(answer));

        assertThat(answer).isNotDone();
    }

    @Test
    void command_cannotBeCarriedOut_isAnsweredAllTheSame() {
        HostsCommand impossible = new HostsCommand(-1, new CompletableFuture<>());

        assertThatThrownBy(() -> send(handler(), impossible)).isInstanceOf(IllegalArgumentException.class);

        assertThat(impossible.answer()).failsWithin(Duration.ZERO)
                .withThrowableThat().withCauseInstanceOf(CommandRefusedException.class);
    }
}
