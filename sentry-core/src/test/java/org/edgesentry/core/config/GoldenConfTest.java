package org.edgesentry.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Old and wrong portsentry.conf files, and what becomes of them: the settings that differ from the defaults and the
 * keys that are not acted on yet, or the faults.
 *
 * <p>{@code mvn -pl sentry-core test -Dtest=GoldenConfTest -Dgolden.rewrite=true} writes the expectations anew; read
 * the difference before you commit it.
 */
class GoldenConfTest {

    private static final Path FOLDER = Path.of("src/test/resources/conf");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".conftest")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void parse_goldenInput_givesItsExpectation(Path file) throws IOException {
        GoldenFile golden = GoldenFile.read(file);
        String actual = shown(ConfigParser.parse("portsentry.conf", golden.inputBytes()));

        if (Boolean.getBoolean("golden.rewrite")) {
            golden.rewrite(actual);
        } else {
            assertThat(actual).isEqualTo(golden.expected());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void report_ofGoldenSettings_readsAsTheSameSettings(Path file) throws IOException {
        ConfigResult result = ConfigParser.parse("portsentry.conf", GoldenFile.read(file).inputBytes());

        result.settings().ifPresent(settings -> assertThat(parse(SettingsReport.lines(settings)).settings())
                .contains(settings));
    }

    private static String shown(ConfigResult result) {
        List<String> lines = new ArrayList<>();
        if (result.settings().isPresent()) {
            lines.addAll(SettingsReport.lines(result.settings().get()));
            lines.removeAll(SettingsReport.lines(parse(List.of()).settings().orElseThrow()));
            if (lines.isEmpty()) {
                lines.add("(defaults)");
            }
            if (!result.notActedOn().isEmpty()) {
                lines.add("not acted on yet: " + String.join(", ", result.notActedOn()));
            }
        }
        result.faults().forEach(fault -> lines.add(fault.toString()));
        return String.join("\n", lines) + "\n";
    }

    private static ConfigResult parse(List<String> lines) {
        return ConfigParser.parse("report", String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
}
