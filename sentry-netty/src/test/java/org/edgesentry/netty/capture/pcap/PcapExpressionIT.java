package org.edgesentry.netty.capture.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import java.util.Random;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.capture.filter.PacketSketch;
import org.edgesentry.netty.host.EphemeralRange;
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
    void expression_ephemeralRange_keepsWhatPlainJavaKeeps() throws Exception {
        Random random = new Random(3);
        assertAgrees(new TrapFilter(randomPorts(random, 100), randomPorts(random, 100), PortSet.EMPTY,
                Optional.of(new EphemeralRange(20_000, 50_000)), false), random);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 100})
    void expression_gateway_keepsWhatPlainJavaKeeps(int portCount) throws Exception {
        Random random = new Random(portCount);
        assertAgrees(new TrapFilter(randomPorts(random, portCount), randomPorts(random, portCount), PortSet.EMPTY,
                Optional.of(EphemeralRange.LINUX_DEFAULT), true), random);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 100})
    void questions_randomPackets_keepWhatPlainJavaKeeps(int portCount) throws Exception {
        Random random = new Random(portCount);
        PortSet ports = randomPorts(random, portCount);
        TrapFilter traps = new TrapFilter(randomPorts(random, portCount), ports, ports,
                Optional.of(new EphemeralRange(20_000, 50_000)), false);
        BpfProgram program = compile(PcapExpression.ofQuestions(traps), DataLinkType.LINUX_SLL);
        for (int i = 0; i < PACKETS; i++) {
            PacketSketch packet = PacketSketch.random(random, ports.toArray());
            packet.length = Integer.MAX_VALUE;
            assertThat(program.applyFilter(cooked(packet))).as("%s, traps %s", packet, traps)
                    .isEqualTo(packet.packetType == 4 && packet.isWanted(traps));
        }
        program.free();
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
        int[] interesting = traps.tcpPorts().isEmpty() && traps.udpPorts().isEmpty() ? new int[] {80}
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
        return compile(PcapExpression.of(traps), DataLinkType.EN10MB);
    }

    private static BpfProgram compile(String expression, DataLinkType link) throws Exception {
        try (PcapHandle handle = Pcaps.openDead(link, PcapOpener.SNAP_BYTES)) {
            return handle.compileFilter(expression, BpfCompileMode.OPTIMIZE, PcapHandle.PCAP_NETMASK_UNKNOWN);
        }
    }

    /** As on the device "any": the packet's type comes first, its EtherType last. */
    private static byte[] cooked(PacketSketch packet) {
        byte[] bytes = packet.networkBytes();
        return ByteBuffer.allocate(16 + bytes.length).putShort(0, (short) packet.packetType)
                .putShort(14, (short) packet.etherType).put(16, bytes).array();
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
