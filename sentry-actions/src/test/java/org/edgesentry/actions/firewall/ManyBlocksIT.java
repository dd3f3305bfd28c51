package org.edgesentry.actions.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.edgesentry.actions.kernel.NamespaceAgent;
import org.edgesentry.actions.kernel.NetworkLab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As many blocks on the real kernel as a flood of scanners brings. */
class ManyBlocksIT extends FirewallOnHost {

    private static final String GOOD4 = NetworkLab.SOURCES4.get(1);

    @ParameterizedTest
    @ValueSource(strings = {"libnftables", "nft", "ipset", "iptables", "route"})
    void block_tenThousandInOneBatch_allAreInTheKernel(String backend) {
        open(backend);

        done(host, "blockmany 10000 3600");

        assertThat(count(backend)).isEqualTo(10_000);
        awaitReach(GOOD4);
        done(host, "blockmany 10000 7200");
        assertThat(count(backend)).isEqualTo(10_000);
        done(host, "unblockmany 10000");
        assertThat(count(backend)).isZero();
    }

    /** A share of the time that as many single blocks would take: how long that is depends on the machine. */
    @Test
    void block_tenThousandInOneBatch_takeNoLongerThanTwoThousandSingly() {
        open("libnftables");
        done(host, "blockmany 100 3600");
        long singly = micros("blocksingly 1000 3600");
        long together = micros("blockmany 10000 3600");

        System.out.println("1,000 blocks singly " + singly / 1_000 + " ms, 10,000 at once " + together / 1_000 + " ms");
        assertThat(together).isLessThan(singly * 2);
    }

    @Test
    void block_twoHundredThousand_areHeldListedAndThereForTheNextRun() {
        open("libnftables");
        done(host, "blockmany 200000 86400");
        assertThat(host.ask("held")).isEqualTo("held 200000");
        done(host, "close");

        NamespaceAgent.Remote nextRun = lab.onHost();
        done(nextRun, "make libnftables");
        done(nextRun, "open");
        assertThat(nextRun.ask("held")).isEqualTo("held 200000");
        done(nextRun, "blockmany 200000 3600");
        assertThat(nextRun.ask("held")).isEqualTo("held 200000");
        awaitReach(GOOD4);
    }

    private long micros(String command) {
        String answer = host.ask(command);
        assertThat(answer).as(command).matches("ok \\d+ us");
        return Long.parseLong(answer.split(" ")[1]);
    }

    private long count(String backend) {
        String listing = switch (backend) {
            case "libnftables", "nft" -> lab.runOnHost("nft", "list", "set", "inet", "edge_sentry", "blocked4");
            case "ipset" -> lab.runOnHost("ipset", "list", "edge_sentry4");
            case "iptables" -> lab.runOnHost("iptables", "-t", "raw", "-S", "EDGE_SENTRY");
            default -> lab.runOnHost("ip", "route", "show", "type", "blackhole");
        };
        return listing.lines().flatMap(line -> Arrays.stream(line.split(",")))
                .filter(line -> line.contains("198.18.") || line.contains("198.19.")).count();
    }
}
