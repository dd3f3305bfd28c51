package org.edgesentry.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any bytes give settings or faults: nothing is thrown, and every fault is one short printable line in order. */
class ConfigParserFuzzTest {

    private static final List<String> DICTIONARY = dictionary();

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void parse_randomBytes_givesAClearOutcome(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            assertClearOutcome(noise);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void parse_shuffledPieces_givesAClearOutcome(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(40); pieces > 0; pieces--) {
                text.append(DICTIONARY.get(random.nextInt(DICTIONARY.size())));
            }
            assertClearOutcome(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void parse_mutatedShippedFile_givesAClearOutcome() throws IOException {
        Random random = new Random(31);
        byte[] shipped = Files.readAllBytes(Path.of("../conf/portsentry.conf"));
        for (int i = 0; i < 200; i++) {
            byte[] mutated = shipped.clone();
            for (int flips = 1 + random.nextInt(20); flips > 0; flips--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            assertClearOutcome(mutated);
        }
    }

    private static void assertClearOutcome(byte[] content) {
        ConfigResult result = ConfigParser.parse("f", content);
        assertThat(result.settings().isPresent()).isEqualTo(result.faults().isEmpty());
        assertAreClear(result.faults());
        assertAreClear(IgnoreFileParser.parse("f", content).faults());
    }

    private static void assertAreClear(List<Fault> faults) {
        assertThat(faults).isSortedAccordingTo(
                Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column));
        for (Fault fault : faults) {
            assertThat(fault.line()).isPositive();
            assertThat(fault.column()).isPositive();
            assertThat(fault.toString()).hasSizeLessThan(500).matches("f:[0-9]+: \\P{Cntrl}+ \\(column [0-9]+\\)");
        }
    }

    private static List<String> dictionary() {
        List<String> pieces = new ArrayList<>(List.of("=", " = ", "\"", "\"", "\n", "\n", "\r\n", "\r", "#", " ", "\t",
                ",", "-", "0", "1", "65535", "70000", "99999999999999999999", "1h", "w", "auto", "close", "banner",
                "command", "/", "/var/x", "$TARGET$", "$PROT$", "$", "192.0.2.0/24", "::1", "[::1]:1", "\0", "\u001b",
                "\uFEFF", "é", "😀", "\u202e"));
        ConfigKeys.ALL.forEach(key -> {
            pieces.add(key.name());
            pieces.add("\n" + key.name() + "=\"");
        });
        return pieces;
    }
}
