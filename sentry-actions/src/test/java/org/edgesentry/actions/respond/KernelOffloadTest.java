package org.edgesentry.actions.respond;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.edgesentry.actions.Requests;
import org.edgesentry.actions.firewall.TrapRules;
import org.edgesentry.core.net.PortSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** BLOCK_OFFLOAD: the kernel blocks, and the record follows. */
class KernelOffloadTest extends ResponderFixture {

    private static final String ON =
            "INFO The kernel itself drops the first probe of a trap and blocks its source (BLOCK_OFFLOAD)";

    @BeforeEach
    void plan() {
        traps = rules(60);
    }

    private static Optional<TrapRules> rules(long seconds) {
        return Optional.of(new TrapRules(PortSet.range(11, 11), PortSet.EMPTY, List.of(), List.of(), List.of(), seconds,
                500));
    }

    /** The kernel has just blocked these, for ten seconds to come. */
    private void kernelBlocks(String... targets) {
        firewall.fresh = held(10, targets);
    }

    private void ticks(int first, int last) {
        for (int second = first; second <= last; second++) {
            tick(second);
        }
    }

    @Test
    void rules_comeChangeAndGo_theKernelIsToldAndTheAdministratorOnce() throws IOException {
        open();
        assertThat(responder.isOffloaded()).isTrue();
        tick(1);
        traps = rules(90);
        renew();
        traps = Optional.empty();
        renew();

        assertThat(firewall.offloads).containsExactly("for 60 blocks=true", "for 90 blocks=true", "off");
        assertThat(responder.isOffloaded()).isFalse();
        assertThat(said.lines()).containsExactly(ON);
    }

    @Test
    void room_isUsedUp_theKernelBlocksNobodyUntilThereIsSome() throws IOException {
        open();
        respond(Requests.block("192.0.2.1"), Requests.block("192.0.2.2"), Requests.block("192.0.2.3"));
        tick(1);
        tick(2);
        tick(60);
        tick(61);

        assertThat(firewall.offloads)
                .containsExactly("for 60 blocks=true", "for 60 blocks=false", "for 60 blocks=true");
    }

    @Test
    void kernelRefuses_isSaidOnceAndTriedAgainWithOtherRules() throws IOException {
        firewall.offloadFault = "nftables: Could not process rule: No such file or directory";
        open();
        tick(1);
        renew();
        tick(2);
        assertThat(responder.isOffloaded()).isFalse();
        assertThat(said.lines()).containsExactly("WARN The kernel cannot block by itself, so the daemon does it "
                + "(BLOCK_OFFLOAD): nftables: Could not process rule: No such file or directory");

        firewall.offloadFault = "";
        traps = rules(90);
        renew();
        assertThat(responder.isOffloaded()).isTrue();
    }

    @Test
    void fresh_twiceAndInNoRecord_isTakenOverForTheTimeOfTheRecord() throws IOException {
        paper.times.put(networks("192.0.2.7").get(0), 1);
        open();
        kernelBlocks("192.0.2.7");
        ticks(1, 5);
        assertThat(firewall.transactions).isEmpty();
        tick(6);

        assertThat(firewall.transactions).hasSize(1);
        assertThat(firewall.transaction(0)).containsExactly("192.0.2.7 120");
        assertThat(firewall.transactions.get(0).get(0).renews()).isTrue();
        assertThat(paper.row("192.0.2.7", 6)).isEqualTo("KERNEL x2 [] 120 s");
        assertThat(outcomes).containsExactly("192.0.2.7 for 126");
        assertThat(log.lines()).containsExactly("INFO attackalert: Host 192.0.2.7 has been blocked via dropped route "
                + "using command: \"fake 192.0.2.7 120s\"");
        assertThat(responder.counters().blocksMade()).isOne();
    }

    @Test
    void fresh_inTheRecord_isLeftAlone() throws IOException {
        open();
        respond(Requests.block("2001:db8::7"));
        kernelBlocks("2001:db8::/64");
        ticks(1, 10);

        assertThat(firewall.transactions).hasSize(1);
        assertThat(paper.row("2001:db8::/64", 0)).isEqualTo("PROBE x1 [TCP/11] 60 s");
    }

    @Test
    void fresh_sparedOrBeyondBlockMax_isUnblocked() throws IOException {
        blockMax = 1;
        ignored = networks("192.0.2.7");
        open();
        kernelBlocks("192.0.2.7", "192.0.2.8", "192.0.2.9");
        ticks(1, 6);

        assertThat(firewall.unblocked()).containsExactly("192.0.2.7", "192.0.2.9");
        assertThat(paper.active.keySet()).containsExactlyElementsOf(networks("192.0.2.8"));
    }

    @Test
    void fresh_firewallRefuses_isSaidAndTriedWhileItIsFresh() throws IOException {
        open();
        kernelBlocks("192.0.2.7");
        firewall.refused.addAll(networks("192.0.2.7"));
        ticks(1, 6);
        assertThat(paper.active).isEmpty();
        assertThat(log.lines()).singleElement().asString().startsWith("WARN 1 blocks that the kernel has made by "
                + "itself are not taken into the record: ");

        firewall.refused.clear();
        ticks(7, 8);
        assertThat(paper.row("192.0.2.7", 8)).isEqualTo("KERNEL x1 [] 60 s");
    }
}
