package org.edgesentry.netty.capture.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.BitSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairProgramTest {

    private static final int READERS = 4;

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void answer_bothDirectionsOfTwoHosts_isTheSameWhateverFollowsTheAddresses(int version) {
        for (int host = 1; host < 200; host++) {
            assertThat(answer(version, host, 7, 0)).isEqualTo(answer(version, 7, host, -1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void answer_manySources_reachesEveryReader(int version) {
        BitSet readers = new BitSet();
        for (int host = 1; host < 200; host++) {
            readers.set(Integer.remainderUnsigned(answer(version, host, 7, 0), READERS));
        }
        assertThat(readers.cardinality()).isEqualTo(READERS);
    }

    private static int answer(int version, int source, int destination, int ports) {
        ByteBuffer packet = ByteBuffer.allocate(60).put(0, (byte) (version << 4));
        int addresses = version == 4 ? 12 : 8;
        int bytes = version == 4 ? 4 : 16;
        packet.putInt(addresses + bytes - 4, source).putInt(addresses + 2 * bytes - 4, destination);
        packet.putInt(addresses + 2 * bytes, ports);
        return BpfMachine.run(PairProgram.build(), new FilteredPacket(0, 1, -1, 0x0800, packet.array()));
    }
}
