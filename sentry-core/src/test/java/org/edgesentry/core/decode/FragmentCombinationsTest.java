package org.edgesentry.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.edgesentry.core.frames.FrameBuilder;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ProbeEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tries every sequence of a few fragments of one packet, without knowing which of them the host behind keeps. If any
 * head and any rest of them make a probe of the trap, an event must have told so.
 */
class FragmentCombinationsTest {

    private static final int TRAP = 23;
    private static final int OPEN = 80;
    private static final List<Piece> PIECES = List.of(
            new Piece(TRAP, 0), new Piece(OPEN, 0), new Piece(0, TcpFlags.SYN), new Piece(0, TcpFlags.RST),
            new Piece(TRAP, TcpFlags.SYN), new Piece(TRAP, TcpFlags.RST),
            new Piece(OPEN, TcpFlags.SYN), new Piece(OPEN, TcpFlags.RST));

    /** A fragment: a head when it has a port, a rest when it has flags. */
    private record Piece(int port, int flags) {

        byte[] frame() {
            byte[] header = FrameBuilder.raw().tcp(40000, port, flags).bytes();
            int from = port == 0 ? 8 : 0;
            int to = flags == 0 ? 8 : 16;
            return FrameBuilder.raw().ipv4Fragment("192.0.2.7", "198.51.100.1", 9, from, true)
                    .protocol(6, Arrays.copyOfRange(header, from, to)).bytes();
        }

        boolean isWhole() {
            return port != 0 && flags != 0;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void decode_anySequence_tellsOfEveryProbeThatItMayBe(int length) {
        List<byte[]> frames = PIECES.stream().map(Piece::frame).toList();
        int sequences = (int) Math.pow(PIECES.size(), length);
        Decoding decoding = new Decoding();
        for (int sequence = 0; sequence < sequences; sequence++) {
            List<Piece> pieces = new ArrayList<>();
            boolean told = false;
            boolean evasion = false;
            for (int i = 0, left = sequence; i < length; i++, left /= PIECES.size()) {
                int piece = left % PIECES.size();
                pieces.add(PIECES.get(piece));
                told |= tells(decoding.raw(frames.get(piece)), decoding.event);
                evasion |= decoding.event.fragmentEvasion;
            }
            decoding.passSeconds(3600);

            assertThat(told || !mayProbeTheTrap(pieces)).as("%s", pieces).isTrue();
            assertThat(evasion && pieces.stream().allMatch(Piece::isWhole)).as("%s", pieces).isFalse();
        }
    }

    private static boolean tells(String text, ProbeEvent event) {
        int port = event.destinationPort;
        return text.startsWith("PACKET") && (event.fragmentEvasion
                ? port == 0 || port == TRAP
                : port == TRAP && event.tcpFlags == TcpFlags.SYN);
    }

    /** Two whole headers begin at the same place and are not mixed by any host. */
    private static boolean mayProbeTheTrap(List<Piece> pieces) {
        for (Piece head : pieces) {
            for (Piece rest : pieces) {
                boolean mixed = head != rest && head.isWhole() && rest.isWhole();
                if (head.port() == TRAP && rest.flags() == TcpFlags.SYN && !mixed) {
                    return true;
                }
            }
        }
        return false;
    }
}
