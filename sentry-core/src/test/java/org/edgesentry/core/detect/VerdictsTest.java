package org.edgesentry.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.net.IpProtocol;
import org.junit.jupiter.api.Test;

/** That each verdict reaches its reader, once. */
class VerdictsTest {

    private static final String HOME = Sensor.HOME;
    private static final String PEER = "198.51.100.7";

    private final Sensor sensor = new Sensor();

    private void unansweredSyn(int source, int host, int port) {
        ProbeEvent syn = sensor.packet("203.0.113.1", 40_000, "192.0.2." + host, port, IpProtocol.TCP);
        syn.sourceLo = CidrParser.parse("11.0.0.1").lo() + source * 65_537L;
        syn.tcpFlags = TcpFlags.SYN;
        sensor.take(syn);
    }

    /** Time goes on, and nothing that counts happens. */
    private void chatter(int packets) {
        for (int i = 0; i < packets; i++) {
            sensor.udp(PEER, 5_000, "239.255.255.250", 1_900);
        }
    }

    @Test
    void distributed_twoDueWithOneEvent_areBothReported() {
        for (int i = 0; i < 50; i++) {
            unansweredSyn(i, 1 + i, 1_000);
            unansweredSyn(100 + i, 1 + i, 2_000);
        }
        sensor.pause(4);
        chatter(20);
        sensor.pause(10);
        unansweredSyn(300, 9, 3_000);
        unansweredSyn(301, 9, 3_000);
        unansweredSyn(302, 9, 3_000);
        sensor.pause(4);
        chatter(3);
        assertThat(sensor.distributed).extracting(scan -> scan.port()).containsExactlyInAnyOrder(1_000, 2_000);
    }

    @Test
    void scan_fromAllOverAPrefix_isOneSource() {
        for (int i = 1; i < 40; i++) {
            sensor.syn("2001:db8:9::" + i, "2001:db8:1::1", 1_000 + i);
        }
        sensor.pause(4);
        sensor.end();
        assertThat(sensor.scans).hasSize(1);
    }
}
