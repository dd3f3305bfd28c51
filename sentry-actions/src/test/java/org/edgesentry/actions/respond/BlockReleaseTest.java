package org.edgesentry.actions.respond;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.edgesentry.actions.Requests;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.Test;

class BlockReleaseTest extends ResponderFixture {

    private void ignore(String... entries) {
        ignored = Stream.of(entries).map(CidrParser::parse).toList();
        respond(request(ActionKind.RENEW));
    }

    @Test
    void renew_hostIsIgnoredNow_isUnblockedAtOnce() throws IOException {
        killHostsDeny = Optional.of("ALL: $TARGET$");
        open();
        respond(Requests.block("192.0.2.7"), Requests.block("192.0.2.8"), Requests.block("2001:db8::7"));

        ignore("192.0.2.7", "2001:db8::1");

        assertThat(firewall.unblocked).extracting(Cidr::toString)
                .containsExactlyInAnyOrder("192.0.2.7", "2001:db8::1", "2001:db8::/64");
        assertThat(outcomes).contains("192.0.2.7 ended", "2001:db8::/64 ended").doesNotContain("192.0.2.8 ended");
        assertThat(log.lines()).contains(
                "INFO attackalert: Host 192.0.2.7 is no longer blocked: it is on the ignore list");
        assertThat(Files.readAllLines(blocked)).hasSize(1);
        assertThat(hostsDeny).hasContent("ALL: 192.0.2.8\n");
    }

    @Test
    void renew_networkIsIgnored_liftsWhatLiesInIt() throws IOException {
        open();
        respond(Requests.block("192.0.2.7"), Requests.block("198.51.100.1"));

        ignore("192.0.2.0/24");

        assertThat(firewall.unblocked).extracting(Cidr::toString).containsExactly("192.0.2.7");
    }

    @Test
    void renew_hostThatAFormerRunBlocked_isUnblocked() throws IOException {
        open();

        ignore("203.0.113.9");

        assertThat(firewall.unblocked).extracting(Cidr::toString).containsExactly("203.0.113.9");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void renew_sameListAgain_doesNothing() throws IOException {
        ignored = List.of(CidrParser.parse("203.0.113.9"));
        open();

        ignore("203.0.113.9");

        assertThat(firewall.unblocked).isEmpty();
    }

    @Test
    void renew_firewallFails_isTriedAgainWithTheTick() throws IOException {
        open();
        respond(Requests.block("192.0.2.7"));
        firewall.refused.add(CidrParser.parse("192.0.2.7"));
        ignore("192.0.2.7");
        assertThat(outcomes).doesNotContain("192.0.2.7 ended");
        assertThat(log.lines()).last().asString().startsWith("WARN 192.0.2.7 is on the ignore list but still blocked");

        firewall.refused.clear();
        respond(Requests.tick(1));

        assertThat(outcomes).contains("192.0.2.7 ended");
        assertThat(responder.blocksActive()).isZero();
    }

    @Test
    void renew_againBeforeTheFirewallHasTakenTheFirst_forgetsNeither() throws IOException {
        open();
        respond(Requests.block("192.0.2.7"), Requests.block("192.0.2.8"));
        firewall.refused.add(CidrParser.parse("192.0.2.7"));
        ignore("192.0.2.7");
        ignore("192.0.2.7", "192.0.2.8");

        firewall.refused.clear();
        respond(Requests.tick(1));

        assertThat(outcomes).contains("192.0.2.7 ended", "192.0.2.8 ended");
    }

    @Test
    void renew_killRoute_cannotBeTakenBackAndSaysSo() throws IOException {
        firewall.canUnblock = false;
        open();
        respond(Requests.block("192.0.2.7"));

        ignore("192.0.2.7");

        assertThat(firewall.unblocked).isEmpty();
        assertThat(outcomes).contains("192.0.2.7 ended");
        assertThat(log.lines()).last().isEqualTo("INFO attackalert: Host 192.0.2.7 is on the ignore list now, but "
                + "KILL_ROUTE cannot be taken back by the daemon: undo it by hand");
    }

    @Test
    void renew_newTemplates_areTakenUp() throws IOException {
        open();
        respond(Requests.block("192.0.2.7"));
        killHostsDeny = Optional.of("ALL: $TARGET$");
        respond(request(ActionKind.RENEW));

        respond(Requests.block("192.0.2.8"));

        assertThat(hostsDeny).hasContent("ALL: 192.0.2.8\n");
    }

    /** Containers that come and go renew the rules by the minute. */
    @Test
    void renew_nothingOfTheResponsesHasChanged_saysNothingAgain() throws IOException {
        killHostsDeny = Optional.of("ALL: ALL");
        open();
        respond(request(ActionKind.RENEW), request(ActionKind.RENEW));

        assertThat(log.lines()).filteredOn(line -> line.contains("KILL_HOSTS_DENY has no effect")).hasSize(1);
    }
}
