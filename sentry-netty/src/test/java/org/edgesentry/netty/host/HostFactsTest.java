package org.edgesentry.netty.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFactsTest {

    @TempDir
    Path directory;
    private Path absent;

    @BeforeEach
    void nameAbsentFile() {
        absent = directory.resolve("absent");
    }

    @Test
    void gateways_bothFamilies_areFound() throws IOException {
        Path ipv4 = file("route", """
                Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
                eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
                eth1\t00000000\t00000000\t0001\t0\t0\t9\t00000000\t0\t0\t0
                eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
                eth0\t0000000A\t050200C0\t0003\t0\t0\t0\t000000FF\t0\t0\t0
                """);
        Path ipv6 = file("ipv6_route", """
                fd000000000000000000000000000000 40 00000000000000000000000000000000 00 \
                00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
                00000000000000000000000000000000 00 00000000000000000000000000000000 00 \
                fe800000000000000000000000000001 00000400 00000002 00000000 00000003     eth0
                00000000000000000000000000000000 00 00000000000000000000000000000000 00 \
                00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
                """);
        Reading<List<Cidr>> gateways = Gateways.read(ipv4, ipv6);
        assertThat(gateways.value()).containsExactly(CidrParser.parse("192.0.2.1"), CidrParser.parse("fe80::1"));
        assertThat(gateways.problems()).isEmpty();
    }

    @Test
    void gateways_noFiles_areEmptyWithMessages() {
        Reading<List<Cidr>> gateways = Gateways.read(absent, absent);
        assertThat(gateways.value()).isEmpty();
        assertThat(gateways.problems()).containsOnly(absent + " does not exist").hasSize(2);
    }

    @Test
    void resolvers_zonesCommentsAndStub_areRead() throws IOException {
        Path configured = file("resolv.conf", """
                # nameserver 192.0.2.9
                search example.net
                nameserver 127.0.0.53
                nameserver\tfe80::1%eth0
                nameserver nonsense
                nameserver
                """);
        Path behindStub = file("stub.conf", "nameserver 192.0.2.53\n");
        Reading<List<Cidr>> resolvers = new Resolvers(configured, behindStub).read();
        assertThat(resolvers.value()).containsExactly(CidrParser.parse("127.0.0.53"), CidrParser.parse("fe80::1"),
                CidrParser.parse("192.0.2.53"));
        assertThat(resolvers.problems()).containsExactly(
                configured + ": cannot make sense of \"nameserver nonsense\"",
                configured + ": cannot make sense of \"nameserver\"");
    }

    @Test
    void ephemeralRange_readable_isTaken() throws IOException {
        Reading<EphemeralRange> range = EphemeralRange.read(file("range", "1024\t2048\n"));
        assertThat(range.value()).isEqualTo(new EphemeralRange(1024, 2048));
        assertThat(range.value().contains(2048)).isTrue();
        assertThat(range.value().contains(2049)).isFalse();
    }

    @Test
    void ephemeralRange_nonsense_isTheDefaultWithMessage() throws IOException {
        for (String text : List.of("", "9 1", "x", "1", "1 70000")) {
            Reading<EphemeralRange> range = EphemeralRange.read(file("range", text));
            assertThat(range.value()).isEqualTo(EphemeralRange.LINUX_DEFAULT);
            assertThat(range.problems()).hasSize(1);
        }
        assertThat(EphemeralRange.read(absent).problems()).hasSize(1);
    }

    @Test
    void interfaceNames_procNetDev_areFound() {
        assertThat(Interfaces.parseName("Inter-|   Receive        |  Transmit")).isEmpty();
        assertThat(Interfaces.parseName(" face |bytes    packets errs drop")).isEmpty();
        assertThat(Interfaces.parseName("  eth0:65620476    2578    0")).contains("eth0");
        assertThat(Interfaces.parseName("eth0.100: 1 2")).contains("eth0.100");
    }

    /** Whatever the files hold, each reader answers. */
    @Test
    void everyReader_randomBytes_answersWithoutException() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = new byte[random.nextInt(2_000)];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = random.nextInt(3) == 0 ? bytes[i] : (byte) " \n:0123AF".charAt(random.nextInt(9));
            }
            Files.write(directory.resolve("any"), bytes);
            Path any = directory.resolve("any");
            assertThat(Gateways.read(any, any)).isNotNull();
            assertThat(new Resolvers(any, any).read()).isNotNull();
            assertThat(EphemeralRange.read(any)).isNotNull();
        }
    }

    @Test
    void thisMachine_hasLoopback() {
        assertThat(Interfaces.read().value().all()).anyMatch(Interfaces.Interface::isLoopback);
        assertThat(LocalAddresses.read().value().addresses()).contains(CidrParser.parse("127.0.0.1"));
        assertThat(LocalAddresses.read().value().networks()).contains(CidrParser.parse("127.0.0.0/8"));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
