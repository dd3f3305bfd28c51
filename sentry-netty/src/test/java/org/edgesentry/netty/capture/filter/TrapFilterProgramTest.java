package org.edgesentry.netty.capture.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.host.EphemeralRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrapFilterProgramTest {

    private static final int SNAP = 176;
    private static final int LONG_SNAP = 432;
    private static final long SEED = 20_261_122;
    private static final int PACKETS = 200_000;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 9, 63, 64, 65, 130, 400, 950})
    void run_randomPackets_keepsWhatPlainJavaKeeps(int portCount) {
        Random random = new Random(SEED + portCount);
        TrapFilter traps = new TrapFilter(randomPorts(random, portCount), randomPorts(random, portCount));
        assertAgrees(traps, random);
    }

    @Test
    void run_oneProtocolOnly_keepsWhatPlainJavaKeeps() {
        Random random = new Random(SEED);
        assertAgrees(new TrapFilter(randomPorts(random, 1_000), PortSet.EMPTY), random);
        assertAgrees(new TrapFilter(PortSet.EMPTY, randomPorts(random, 1_000)), random);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 130, 400})
    void run_questionsAndEphemeralRange_keepsWhatPlainJavaKeeps(int portCount) {
        Random random = new Random(SEED + portCount);
        PortSet udp = randomPorts(random, portCount);
        EphemeralRange half = new EphemeralRange(20_000, 50_000);
        assertAgrees(new TrapFilter(randomPorts(random, portCount), udp, udp, Optional.of(half), false), random);
        assertAgrees(new TrapFilter(randomPorts(random, portCount), udp, randomPorts(random, portCount),
                Optional.of(half), false), random);
        assertAgrees(new TrapFilter(PortSet.EMPTY, udp, range(0, 65_535), Optional.of(half), false), random);
        assertAgrees(new TrapFilter(range(0, 65_535), range(0, 65_535), range(0, 65_535),
                Optional.of(EphemeralRange.LINUX_DEFAULT), false), random);
    }

    @Test
    void run_question_isKeptWhateverInterfaceIsNamed() {
        TrapFilter traps = new TrapFilter(PortSet.EMPTY, range(53, 53), range(40_000, 40_000), Optional.empty(), false);
        PacketSketch question = new PacketSketch();
        question.protocol = 17;
        question.packetType = PacketFields.OUTGOING_TYPE;
        question.interfaceIndex = 1;
        assertThat(keeps(build(traps, InterfaceRule.only(List.of(2))).program(), question)).isTrue();
        assertThat(keeps(build(traps, InterfaceRule.ALL).program(), question)).isTrue();
        assertThat(keeps(build(traps, InterfaceRule.allBut(List.of(1))).program(), question)).isFalse();
    }

    /** A host that downloads with all ports watched pays nothing for it. */
    @Test
    void run_ackToPortOfOurOwnConnections_staysInTheKernel() {
        TrapFilter traps = new TrapFilter(range(1, 65_535), PortSet.EMPTY, PortSet.EMPTY,
                Optional.of(EphemeralRange.LINUX_DEFAULT), false);
        BpfProgram program = build(traps, InterfaceRule.ALL).program();
        PacketSketch segment = new PacketSketch();
        segment.port = 40_000;
        segment.flags = 0x18;
        assertThat(keeps(program, segment)).isFalse();
        segment.flags = 0x02;
        assertThat(keeps(program, segment)).isTrue();
        segment.flags = 0x10;
        segment.port = 22;
        assertThat(keeps(program, segment)).isTrue();
    }

    @Test
    void run_wholeRanges_keepsWhatPlainJavaKeeps() {
        Random random = new Random(SEED);
        assertAgrees(new TrapFilter(range(0, 65_535), range(0, 65_535)), random);
        assertAgrees(new TrapFilter(range(1, 1_024), range(1, 512)), random);
        assertAgrees(new TrapFilter(range(65_535, 65_535), range(0, 0)), random);
    }

    /** Each protocol takes half of the program: nothing a trap names may be lost when ports have to be merged. */
    @Test
    void build_moreIntervalsThanFit_keepsEveryTrapWithinTheKernelsLimit() {
        BitSet everySecond = new BitSet();
        IntStream.range(0, 32_768).forEach(i -> everySecond.set(2 * i));
        TrapFilter traps = new TrapFilter(PortSet.of(everySecond), PortSet.of(everySecond));

        BuiltFilter built = build(traps, InterfaceRule.ALL);

        assertThat(built.program().length()).isBetween(3_800, BpfProgram.MAX_INSTRUCTIONS);
        assertThat(built.mergedIntervals()).isEqualTo(2 * 32_768 - TrapFilterProgram.MAX_INTERVALS);
        assertKeepsAllTraps(traps, built);
    }

    @Test
    void build_moreQuestionsThanFit_keepsEveryTrapWithinTheKernelsLimit() {
        Random random = new Random(SEED);
        TrapFilter traps = new TrapFilter(randomPorts(random, 3_000), randomPorts(random, 3_000),
                randomPorts(random, 3_000), Optional.of(EphemeralRange.LINUX_DEFAULT), false);

        BuiltFilter built = build(traps, InterfaceRule.ALL);

        assertThat(built.program().length()).isBetween(3_800, BpfProgram.MAX_INSTRUCTIONS);
        assertKeepsAllTraps(traps, built);
    }

    @Test
    void build_thousandPortsEach_fitsAfterFewMerges() {
        Random random = new Random(SEED);
        TrapFilter traps = new TrapFilter(randomPorts(random, 1_000), randomPorts(random, 1_000));

        BuiltFilter built = build(traps, InterfaceRule.only(IntStream.range(1, 41).boxed().toList()));

        assertThat(built.mergedIntervals()).isLessThan(100);
        assertThat(built.program().length()).isLessThanOrEqualTo(BpfProgram.MAX_INSTRUCTIONS);
    }

    @Test
    void build_everyLimit_staysWithinIt() {
        Random random = new Random(SEED);
        TrapFilter traps = new TrapFilter(randomPorts(random, 300), randomPorts(random, 3));
        for (int max = 4; max < 400; max++) {
            BuiltFilter built = TrapFilterProgram.build(traps, InterfaceRule.ALL, max, SNAP, LONG_SNAP);
            assertThat(built.program().length()).isLessThan(2 * max + 130 + max / 10);
            assertKeepsAllTraps(traps, built);
        }
    }

    @Test
    void run_namedInterfaces_rejectsTheOthers() {
        TrapFilter traps = new TrapFilter(range(1, 1_024), PortSet.EMPTY);
        BpfProgram program = build(traps, InterfaceRule.only(List.of(2, 3_000))).program();
        assertThat(keptOn(program, 2)).isTrue();
        assertThat(keptOn(program, 3_000)).isTrue();
        assertThat(keptOn(program, 1)).isFalse();
        assertThat(keptOn(program, 3)).isFalse();
    }

    @Test
    void run_allButLoopback_rejectsLoopbackOnly() {
        TrapFilter traps = new TrapFilter(range(1, 1_024), PortSet.EMPTY);
        BpfProgram program = build(traps, InterfaceRule.allBut(List.of(1))).program();
        assertThat(keptOn(program, 1)).isFalse();
        assertThat(keptOn(program, 2)).isTrue();
    }

    /** The VLAN's own interface shows the packet again. */
    @Test
    void run_taggedFrame_isLeftToTheVlanInterfaceUnlessNamed() {
        TrapFilter traps = new TrapFilter(range(1, 1_024), PortSet.EMPTY);
        PacketSketch packet = new PacketSketch();
        packet.port = 80;
        packet.vlanTag = 100;
        assertThat(keeps(build(traps, InterfaceRule.ALL).program(), packet)).isFalse();
        assertThat(keeps(build(traps, InterfaceRule.only(List.of(7))).program(), packet)).isTrue();
    }

    @Test
    void run_priorityTagWithoutVlanId_isKept() {
        TrapFilter traps = new TrapFilter(range(1, 1_024), PortSet.EMPTY);
        PacketSketch packet = new PacketSketch();
        packet.port = 80;
        packet.vlanTag = 0xe000;
        assertThat(keeps(build(traps, InterfaceRule.ALL).program(), packet)).isTrue();
    }

    /** Padding behind a tiny first fragment is the sender's to choose; it must not pass for flags. */
    @Test
    void run_tinyFirstFragmentWithResetInPadding_isKept() {
        TrapFilter traps = new TrapFilter(range(1, 1_024), PortSet.EMPTY);
        PacketSketch packet = new PacketSketch();
        packet.port = 80;
        packet.fragment = 0x2000;
        packet.transportBytes = 8;
        packet.flags = 0x04;
        assertThat(keeps(build(traps, InterfaceRule.ALL).program(), packet)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 130})
    void run_gateway_keepsWhatPlainJavaKeeps(int portCount) {
        Random random = new Random(SEED + portCount);
        PortSet udp = randomPorts(random, portCount);
        assertAgrees(new TrapFilter(randomPorts(random, portCount), udp, udp,
                Optional.of(EphemeralRange.LINUX_DEFAULT), true), random);
        assertAgrees(new TrapFilter(randomPorts(random, portCount), udp, randomPorts(random, portCount),
                Optional.empty(), true), random);
    }

    @Test
    void build_gatewayWithMoreIntervalsThanFit_keepsEveryTrapWithinTheKernelsLimit() {
        Random random = new Random(SEED);
        TrapFilter traps = new TrapFilter(randomPorts(random, 3_000), randomPorts(random, 3_000),
                randomPorts(random, 3_000), Optional.of(EphemeralRange.LINUX_DEFAULT), true);

        BuiltFilter built = build(traps, InterfaceRule.only(IntStream.range(1, 41).boxed().toList()));

        assertThat(built.program().length()).isBetween(3_800, BpfProgram.MAX_INSTRUCTIONS);
        assertKeepsAllTraps(traps, built);
    }

    /** What a host pays on top for each packet of a download. */
    @Test
    void build_noTraps_isSmall() {
        TrapFilter traps = new TrapFilter(PortSet.EMPTY, PortSet.EMPTY);
        assertThat(build(traps, InterfaceRule.ALL).program().length()).isLessThan(120);
    }

    private static void assertAgrees(TrapFilter traps, Random random) {
        BuiltFilter built = build(traps, InterfaceRule.only(List.of(1, 2, 3, 3_000)));
        assertThat(built.mergedIntervals()).isZero();
        int[] interesting = interestingPorts(traps);
        for (int i = 0; i < PACKETS; i++) {
            PacketSketch packet = PacketSketch.random(random, interesting);
            int kept = BpfMachine.run(built.program(), packet.write());
            if (kept != keptOf(packet, traps)) {
                assertThat(kept).as("%s, traps %s", packet, traps).isEqualTo(keptOf(packet, traps));
            }
        }
    }

    private static void assertKeepsAllTraps(TrapFilter traps, BuiltFilter built) {
        PacketSketch packet = new PacketSketch();
        for (int port : traps.tcpPorts().toArray()) {
            packet.protocol = 6;
            packet.port = port;
            assertThat(keeps(built.program(), packet)).as("TCP %d", port).isTrue();
        }
        for (int port : traps.udpPorts().toArray()) {
            packet.protocol = 17;
            packet.port = port;
            assertThat(keeps(built.program(), packet)).as("UDP %d", port).isTrue();
        }
        packet.packetType = PacketFields.OUTGOING_TYPE;
        for (int port : traps.udpQuestions().toArray()) {
            packet.sourcePort = port;
            assertThat(keeps(built.program(), packet)).as("question from %d", port).isTrue();
        }
    }

    private static boolean keptOn(BpfProgram program, int interfaceIndex) {
        PacketSketch packet = new PacketSketch();
        packet.port = 80;
        packet.interfaceIndex = interfaceIndex;
        return keeps(program, packet);
    }

    private static int keptOf(PacketSketch packet, TrapFilter traps) {
        return packet.isWanted(traps) ? snap(packet) : 0;
    }

    private static int snap(PacketSketch packet) {
        return packet.mayBeLong() ? LONG_SNAP : SNAP;
    }

    private static boolean keeps(BpfProgram program, PacketSketch packet) {
        return BpfMachine.run(program, packet.write()) == snap(packet);
    }

    private static BuiltFilter build(TrapFilter traps, InterfaceRule rule) {
        return TrapFilterProgram.build(traps, rule, TrapFilterProgram.MAX_INTERVALS, SNAP, LONG_SNAP);
    }

    private static int[] interestingPorts(TrapFilter traps) {
        int[] ports = IntStream.concat(IntStream.of(traps.tcpPorts().toArray()),
                IntStream.of(traps.udpPorts().toArray())).toArray();
        return ports.length == 0 ? new int[] {80} : ports;
    }

    private static PortSet randomPorts(Random random, int count) {
        BitSet ports = new BitSet();
        while (ports.cardinality() < count) {
            ports.set(random.nextInt(65_536));
        }
        return PortSet.of(ports);
    }

    private static PortSet range(int first, int last) {
        BitSet ports = new BitSet();
        ports.set(first, last + 1);
        return PortSet.of(ports);
    }
}
