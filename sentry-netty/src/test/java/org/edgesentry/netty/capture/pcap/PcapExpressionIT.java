package org.edgesentry.netty.capture.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Random;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.capture.filter.PacketSketch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;

/** What libpcap makes of the expression. Needs libpcap. */
class PcapExpressionIT {

    private static final int PACKETS = 50_000;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 100})
    void expression_randomPackets_keepsWhatPlainJavaKeeps(int portCount) throws Exception {
        Random random = new Random(portCount);
        TrapFilter traps = new TrapFilter(randomPorts(random, portCount), randomPorts(random, portCount));
        assertAgrees(traps, random);
    }

    @Test
    void expression_oneProtocolOnly_keepsWhatPlainJavaKeeps() throws Exception {
        Random random = new Random(1);
        assertAgrees(new TrapFilter(randomPorts(random, 20), PortSet.EMPTY), random);
        assertAgrees(new TrapFilter(PortSet.EMPTY, randomPorts(random, 20)), random);
    }

    @Test
    void expression_thousandsOfPorts_keepsEveryTrap() throws Exception {
        Random random = new Random(2);
        TrapFilter traps = new TrapFilter(randomPorts(random, 5_000), randomPorts(random, 5_000));
        BpfProgram program = compile(traps);
        for (int port : traps.tcpPorts().toArray()) {
            PacketSketch packet = new PacketSketch();
            packet.port = port;
            assertThat(program.applyFilter(ethernet(packet))).isTrue();
        }
        program.free();
    }

    private static void assertAgrees(TrapFilter traps, Random random) throws Exception {
        BpfProgram program = compile(traps);
        int[] interesting = traps.isEmpty() ? new int[] {80}
                : (traps.tcpPorts().isEmpty() ? traps.udpPorts() : traps.tcpPorts()).toArray();
        for (int i = 0; i < PACKETS; i++) {
            PacketSketch packet = PacketSketch.random(random, interesting);
            packet.packetType = 0;
            packet.length = Integer.MAX_VALUE;
            assertThat(program.applyFilter(ethernet(packet))).as("%s, traps %s", packet, traps)
                    .isEqualTo(packet.isWanted(traps));
        }
        program.free();
    }

    private static BpfProgram compile(TrapFilter traps) throws Exception {
        try (PcapHandle handle = Pcaps.openDead(DataLinkType.EN10MB, PcapOpener.SNAP_BYTES)) {
            return handle.compileFilter(PcapExpression.of(traps), BpfCompileMode.OPTIMIZE,
                    PcapHandle.PCAP_NETMASK_UNKNOWN);
        }
    }

    private static byte[] ethernet(PacketSketch packet) {
        byte[] bytes = packet.networkBytes();
        return ByteBuffer.allocate(14 + bytes.length).putShort(12, (short) packet.etherType).put(14, bytes).array();
    }

    private static PortSet randomPorts(Random random, int count) {
        BitSet ports = new BitSet();
        while (ports.cardinality() < count) {
            ports.set(random.nextInt(65_536));
        }
        return PortSet.of(ports);
    }
}
