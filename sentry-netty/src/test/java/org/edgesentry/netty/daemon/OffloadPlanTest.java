package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.firewall.TrapRules;
import org.edgesentry.core.config.Modes;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.netty.capture.InterfaceSelection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BLOCK_OFFLOAD: when, why not, and by which rules. */
class OffloadPlanTest extends RulesFixture {

    private OffloadPlan plan(String... lines) throws StartFailure {
        Watch watch = watch(lines);
        return OffloadPlan.of(watch, Protection.of(watch, host, options()).besideUs(), host, options());
    }

    private TrapRules rules(String... lines) throws StartFailure {
        return plan(lines).rules().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "BLOCK_METHOD=\"command\";KILL_ROUTE=\"/bin/true $TARGET$\" | KILL_ROUTE blocks",
        "KILL_ROUTE=\"/bin/true $TARGET$\" | KILL_ROUTE blocks",
        "BLOCK_METHOD=\"iptables\" | it takes nftables, and BLOCK_METHOD is another",
        "BLOCK_METHOD=\"none\" | it takes nftables, and BLOCK_METHOD is another",
        "SCAN_TRIGGER=\"2\" | SCAN_TRIGGER forgives the first probe",
        "BLOCK_VERIFIED_ONLY=\"1\" | BLOCK_VERIFIED_ONLY asks for more than a first packet",
        "BLOCK_TCP=\"0\" | BLOCK_TCP is not 1",
        "BLOCK_TCP=\"2\" | BLOCK_TCP is not 1",
        "BLOCK_TCP=\"0\";BLOCK_UDP=\"0\";BLOCK_OFFLOAD=\"1\" | no protocol with BLOCK_TCP or BLOCK_UDP 1 is read off "
                + "the wire; what connects to a bound trap proves its address first",
    })
    void of_settingsThatForbidIt_saysWhy(String lines, String why) throws StartFailure {
        OffloadPlan plan = plan(lines.split(";"));

        assertThat(plan.rules()).isEmpty();
        assertThat(plan.whyNot()).contains(why);
    }

    @Test
    void of_waysOfRunningThatForbidIt_saysWhy() throws StartFailure {
        checksServices = false;
        assertThat(plan().whyNot()).contains("with --disable-service-check ports of services are traps");

        checksServices = true;
        modes = Modes.CONNECT;
        assertThat(plan().whyNot().orElseThrow()).contains("proves its address first");
    }

    @Test
    void of_usualSettings_isBothProtocols() throws StartFailure {
        TrapRules rules = rules();

        assertThat(rules.tcp()).hasToString("11");
        assertThat(rules.udp()).hasToString("69");
        assertThat(rules.blockSeconds()).isEqualTo(3_600);
        assertThat(rules.interfaces()).isEmpty();
        assertThat(plan("BLOCK_METHOD=\"nftables\"").whyNot()).isEmpty();
    }

    @Test
    void of_switchedOff_isOffWithoutAReason() throws StartFailure {
        assertThat(plan("BLOCK_OFFLOAD=\"0\"")).isEqualTo(new OffloadPlan(Optional.empty(), Optional.empty()));
    }

    @Test
    void of_onlyUdpIsBlocked_takesAWordOfTheAdministrators() throws StartFailure {
        TrapRules rules = rules("BLOCK_TCP=\"0\"", "BLOCK_OFFLOAD=\"1\"");

        assertThat(rules.tcp().isEmpty()).isTrue();
        assertThat(rules.udp()).hasToString("69");
        assertThat(rules("BLOCK_UDP=\"2\"").udp().isEmpty()).isTrue();
    }

    @Test
    void of_namedInterfaces_countAlone() throws StartFailure {
        interfaces = InterfaceSelection.of(List.of("eth0", "wg0"));
        assertThat(rules().interfaces()).containsExactly("eth0", "wg0");
    }

    @ParameterizedTest
    @CsvSource({"1000, 500", "1, 0", "3, 1"})
    void restOfRate_withTheKernels_isBlockRate(int rate, int kernels) throws StartFailure {
        OffloadPlan plan = plan("BLOCK_RATE=\"" + rate + "\"");

        assertThat(plan.rules().orElseThrow().blocksPerSecond()).isEqualTo(kernels);
        assertThat(plan.restOfRate(rate)).isEqualTo(rate - kernels);
        assertThat(plan("BLOCK_RATE=\"" + rate + "\"", "BLOCK_OFFLOAD=\"0\"").restOfRate(rate)).isEqualTo(rate);
    }

    @Test
    void spared_isEverybodyWhomTheDaemonSpares() throws StartFailure {
        List<Cidr> spared = rules("HOME_NET=\"198.18.0.0/15\"").spared();

        assertThat(spared).containsAll(networks("192.0.2.1", "2001:db8:1:2::1", "192.0.2.254", "192.0.2.53",
                "198.51.100.7", "2001:db8:3:4::7", "203.0.113.0/24", "198.18.0.0/15", "127.0.0.0/8", "ff00::/8"));
    }

    @Test
    void spared_neverBlockAutoIsOff_isTheHostItselfAndTheIgnoreList() throws StartFailure {
        assertThat(rules("NEVER_BLOCK_AUTO=\"0\"").spared())
                .containsAll(networks("192.0.2.1", "2001:db8:1:2::1", "203.0.113.0/24"))
                .doesNotContainAnyElementsOf(networks("192.0.2.254", "192.0.2.53", "198.51.100.7"));
    }

    @Test
    void shared_prefixesOfThoseWhoAreSpared_areTakenAddressByAddress() throws StartFailure {
        ignored = networks("2001:db8:5::/48", "2001:db8:6:7::8");

        assertThat(rules().shared()).containsExactlyInAnyOrderElementsOf(networks("2001:db8:1:2::/64",
                "2001:db8:3:4::/64", "2001:db8:5::/48", "2001:db8:6:7::/64"));
    }

    @Test
    void warnIfImpossible_onlyWhereItIsAskedForInSoManyWords() throws StartFailure {
        List<String> said = new ArrayList<>();
        Logger log = (Logger) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Logger.class},
                (proxy, method, words) -> {
                    said.add(method.getName() + " " + words[0] + " " + words[1]);
                    return null;
                });
        for (String offload : List.of("auto", "0", "1")) {
            Watch watch = watch("SCAN_TRIGGER=\"2\"", "BLOCK_OFFLOAD=\"" + offload + "\"");
            OffloadPlan.of(watch, List.of(), host, options()).warnIfImpossible(watch.settings().blocking(), log);
        }

        assertThat(said).containsExactly(
                "warn BLOCK_OFFLOAD is 1 and has no effect: {} SCAN_TRIGGER forgives the first probe");
    }
}
