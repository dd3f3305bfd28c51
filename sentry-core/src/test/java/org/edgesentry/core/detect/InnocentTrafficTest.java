package org.edgesentry.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Traffic that looks like a scan to those who count ports or hosts. No test here may name anybody. */
class InnocentTrafficTest {

    private static final String HOME = Sensor.HOME;
    private static final String PEER = "198.51.100.7";

    private final Sensor sensor = new Sensor();

    @AfterEach
    void nobodyIsNamed() {
        sensor.end();
        assertThat(sensor.scans).isEmpty();
        assertThat(sensor.distributed).isEmpty();
    }

    @Test
    void resolver_answersManyPorts() {
        for (int port = 40_000; port < 40_400; port++) {
            sensor.udp(HOME, port, PEER, 53);
            assertThat(sensor.udp(PEER, 53, HOME, port)).isEqualTo(Verdict.ANSWER);
        }
    }

    @Test
    void resolver_answersWhenNobodyRemembersTheQuestion() {
        for (int port = 40_000; port < 40_400; port++) {
            ProbeEvent answer = sensor.packet(PEER, 53, HOME, port, IpProtocol.UDP);
            answer.payloadLength = 90;
            answer.answerPayload = true;
            assertThat(sensor.take(answer)).isEqualTo(Verdict.BACKSCATTER);
        }
    }

    @Test
    void resolver_answersMinutesLate() {
        for (int port = 40_000; port < 40_100; port++) {
            sensor.udp(HOME, port, PEER, 53);
        }
        sensor.pause(240);
        for (int port = 40_000; port < 40_100; port++) {
            sensor.udp(PEER, 53, HOME, port);
        }
    }

    @Test
    void tftpServer_answersFromPortsOfItsOwn() {
        for (int transfer = 0; transfer < 50; transfer++) {
            sensor.udp(HOME, 50_000 + transfer, PEER, 69);
            assertThat(sensor.udp(PEER, 33_000 + transfer, HOME, 50_000 + transfer)).isEqualTo(Verdict.ANSWER);
        }
    }

    @Test
    void ftpServer_inActiveMode_opensDataConnections() {
        sensor.connection(HOME, 50_000, PEER, 21);
        for (int transfer = 0; transfer < 50; transfer++) {
            assertThat(sensor.tcp(PEER, 20, HOME, 51_000 + transfer, TcpFlags.SYN)).isEqualTo(Verdict.ANSWER);
        }
    }

    @Test
    void ftpClient_inPassiveMode_asksForManyPorts() {
        sensor.connection(PEER, 40_000, HOME, 21);
        for (int transfer = 0; transfer < 200; transfer++) {
            sensor.connection(PEER, 41_000 + transfer, HOME, 50_000 + transfer);
        }
    }

    @Test
    void mediaStreams_withoutAnyAnswer() {
        for (int call = 0; call < 40; call++) {
            for (int packet = 0; packet < 50; packet++) {
                sensor.udp(PEER, 16_384 + 2 * call, HOME, 20_000 + 2 * call);
                sensor.pause(0.02);
            }
            sensor.pause(30);
        }
    }

    @Test
    void torrentPeers_callOneClosedPort() {
        for (int peer = 1; peer < 250; peer++) {
            sensor.syn("203.0.113." + peer, HOME, 51_413);
            sensor.udp("203.0.113." + peer, 51_413, HOME, 51_413);
        }
    }

    @Test
    void retries_ofOneClosedPort() {
        for (int i = 0; i < 1_000; i++) {
            sensor.tcp(PEER, 30_000 + i, HOME, 8_080, TcpFlags.SYN);
            sensor.tcp(HOME, 8_080, PEER, 30_000 + i, TcpFlags.RST | TcpFlags.ACK);
            sensor.pause(60);
        }
    }

    @Test
    void synFlood_ofOneSource() {
        for (int i = 0; i < 100_000; i++) {
            sensor.tcp(PEER, i & 0xFFFF, HOME, 443, TcpFlags.SYN);
        }
    }

    @Test
    void synFlood_ofRandomSources() {
        for (int i = 0; i < 200_000; i++) {
            ProbeEvent syn = sensor.packet(PEER, 1_024 + (i & 0x3FFF), HOME, 443, IpProtocol.TCP);
            syn.sourceLo = 0x0B00_0000L + i * 7_919L;
            syn.tcpFlags = TcpFlags.SYN;
            sensor.take(syn);
        }
    }

    @Test
    void passwordGuessing_onOnePort() {
        for (int i = 0; i < 500; i++) {
            sensor.connection(PEER, 30_000 + i, HOME, 22);
        }
    }

    @Test
    void traceroute_withSixteenProbesUnderWay() {
        for (int port = 33_434; port < 33_534; port++) {
            ProbeEvent probe = sensor.packet(PEER, 45_000, HOME, port, IpProtocol.UDP);
            probe.ttl = 1 + (port - 33_434) / 4;
            probe.payloadLength = 32;
            assertThat(sensor.take(probe)).isEqualTo(Verdict.UNWATCHED);
        }
    }

    @Test
    void backscatter_ofForgedFloods() {
        for (int port = 1; port < 3_000; port++) {
            assertThat(sensor.tcp(PEER, 80, HOME, port, TcpFlags.SYN | TcpFlags.ACK)).isEqualTo(Verdict.BACKSCATTER);
            assertThat(sensor.tcp(PEER, 80, HOME, port, TcpFlags.RST)).isEqualTo(Verdict.BACKSCATTER);
            assertThat(sensor.icmp(PEER, HOME, 3)).isEqualTo(Verdict.BACKSCATTER);
            assertThat(sensor.icmp(PEER, HOME, 11)).isEqualTo(Verdict.BACKSCATTER);
        }
    }

    @Test
    void routers_thatRefuseWhatHomeSends_answer() {
        for (int port = 33_434; port < 33_464; port++) {
            ProbeEvent question = sensor.packet(HOME, 45_000, PEER, port, IpProtocol.UDP);
            sensor.take(question);
            assertThat(sensor.unreachable("203.0.113.9", 11, question)).isEqualTo(Verdict.ANSWER);
        }
        ProbeEvent syn = sensor.packet(HOME, 45_001, PEER, 80, IpProtocol.TCP);
        syn.tcpFlags = TcpFlags.SYN;
        sensor.take(syn);
        assertThat(sensor.unreachable("203.0.113.9", 3, syn)).isEqualTo(Verdict.ANSWER);
        ProbeEvent neverSent = sensor.packet(HOME, 45_002, PEER, 80, IpProtocol.TCP);
        assertThat(sensor.unreachable("203.0.113.9", 3, neverSent)).isEqualTo(Verdict.BACKSCATTER);
    }

    @Test
    void multicastAndBroadcast() {
        for (int port = 1; port < 100; port++) {
            assertThat(sensor.udp(PEER, port, "239.255.255.250", port)).isEqualTo(Verdict.UNWATCHED);
            assertThat(sensor.udp(PEER, port, "192.0.2.255", port)).isEqualTo(Verdict.UNWATCHED);
            assertThat(sensor.udp(PEER, port, "255.255.255.255", port)).isEqualTo(Verdict.UNWATCHED);
        }
    }

    @Test
    void discovery_answeredByEverybody() {
        sensor.udp(HOME, 50_000, "239.255.255.250", 1_900);
        for (int host = 1; host < 100; host++) {
            assertThat(sensor.udp("198.51.100." + host, 1_900, HOME, 50_000)).isEqualTo(Verdict.ANSWER);
        }
    }

    @Test
    void server_closesConnectionsThatBeganBeforeTheCapture() {
        for (int port = 40_000; port < 40_100; port++) {
            sensor.tcp(PEER, 443, HOME, port, TcpFlags.FIN | TcpFlags.ACK);
            sensor.tcp(HOME, port, PEER, 443, TcpFlags.RST);
        }
    }

    @Test
    void client_asksDeadHostsAmongManyLiveOnes() {
        for (int host = 1; host < 100; host++) {
            if (host % 10 == 0) {
                sensor.syn(PEER, "192.0.2." + host, 80);
                sensor.pause(5);
            } else {
                sensor.connection(PEER, 30_000 + host, "192.0.2." + host, 80);
            }
        }
    }

    @Test
    void monitor_pingsLiveHosts() {
        for (int round = 0; round < 100; round++) {
            for (int host = 1; host < 50; host++) {
                sensor.icmp(PEER, "192.0.2." + host, 8);
                sensor.icmp("192.0.2." + host, PEER, 0);
            }
            sensor.pause(60);
        }
    }

    @Test
    void fileServersClient_triesWhatItKnows() {
        sensor.syn(PEER, HOME, 445);
        sensor.syn(PEER, HOME, 139);
        sensor.syn(PEER, HOME, 80);
        sensor.udp(PEER, 137, HOME, 137);
        sensor.pause(10);
        sensor.syn(PEER, HOME, 445);
    }

    @Test
    void neighbourDiscovery() {
        for (int host = 1; host < 100; host++) {
            sensor.icmp("2001:db8:2::1", "2001:db8:1::" + Integer.toHexString(host), 135);
        }
    }

    @Test
    void resolver_inWhoseNameTwoOddPacketsAreForged() {
        sensor.udp(HOME, 40_000, PEER, 53);
        sensor.udp(PEER, 53, HOME, 40_000);
        sensor.tcp(PEER, 40_000, HOME, 80, 0);
        sensor.tcp(PEER, 40_000, HOME, 80, TcpFlags.FIN | TcpFlags.PSH | TcpFlags.URG);
    }

    @Test
    void unrealSources_countAgainstNobody() {
        for (int port = 1; port < 100; port++) {
            assertThat(sensor.syn("127.0.0.1", HOME, port)).isEqualTo(Verdict.FORGED);
            assertThat(sensor.syn("0.0.0.0", HOME, port)).isEqualTo(Verdict.FORGED);
            assertThat(sensor.syn("224.0.0.5", HOME, port)).isEqualTo(Verdict.FORGED);
            assertThat(sensor.syn("255.255.255.255", HOME, port)).isEqualTo(Verdict.FORGED);
            assertThat(sensor.syn("192.0.2.77", HOME, port)).isEqualTo(Verdict.UNWATCHED);
        }
    }

    /** A capture of one direction in which a home host announces itself to a group. */
    @Test
    void clients_whoseServersAreHeardToGroupsOnly() {
        for (int server = 1; server < 20; server++) {
            String address = "192.0.2." + server;
            sensor.syn(PEER, address, 443);
            sensor.udp(address, 5_000, "239.255.255.250", 1_900);
            sensor.tcp(PEER, 40_000, address, 443, TcpFlags.ACK);
            sensor.tcp(PEER, 40_000, address, 443, TcpFlags.ACK | TcpFlags.PSH, 80);
        }
    }

    /** The gateway's own traps are no concern of a host behind it that has a service there. */
    @Test
    void client_ofAServiceOnATrapPort_thatIsDownForAWhile() {
        sensor.connection(PEER, 40_000, HOME, Sensor.TRAP);
        sensor.pause(60);
        sensor.syn(PEER, HOME, Sensor.TRAP);
        for (int i = 0; i < 20; i++) {
            sensor.udp(PEER, 5_000, HOME, Sensor.TRAP);
        }
        sensor.pause(4);
        sensor.udp(PEER, 5_000, "239.255.255.250", 1_900);
        assertThat(sensor.trapProbes).isZero();
    }
}
