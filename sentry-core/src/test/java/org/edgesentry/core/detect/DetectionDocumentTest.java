package org.edgesentry.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ScanKind;
import org.edgesentry.core.probe.ScanType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/detection.md says what the code does: its names, weights and parameters are those of the code. */
class DetectionDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/detection.md");
    private static final List<String> PACKAGES = List.of("detect", "classify", "limits");
    /** A row of the table of parameters: class and constant, value, unit. */
    private static final Pattern PARAMETER = Pattern.compile(
            "^\\| `(\\w+)\\.([A-Z][A-Z0-9_]*)` \\| ([0-9,.]+)( s| ms)? \\|", Pattern.MULTILINE);
    /** A row of the table of techniques: name, packet, weight. */
    private static final String TECHNIQUE = "(?m)^\\| `%s` \\|[^|]+\\| ([0-9.]+)";

    private static String document() {
        try {
            return Files.readString(DOCUMENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<MatchResult> parameters() {
        return PARAMETER.matcher(document()).results();
    }

    @Test
    void parameters_allRows_areRead() {
        long rows = document().lines().filter(line -> line.matches("\\| `\\w+\\.[A-Z].*")).count();

        assertThat(rows).isGreaterThan(30).isEqualTo(parameters().count());
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void parameter_asWritten_isThatOfTheCode(MatchResult row) throws ReflectiveOperationException {
        BigDecimal written = new BigDecimal(row.group(3).replace(",", ""));

        assertThat(constant(row.group(1), row.group(2), row.group(4))).isEqualByComparingTo(written);
    }

    private static BigDecimal constant(String type, String name, String unit) throws ReflectiveOperationException {
        Field field = typeNamed(type).getDeclaredField(name);
        field.setAccessible(true);
        BigDecimal value = new BigDecimal(field.get(null).toString());
        return name.endsWith("_NANOS") ? value.divide(BigDecimal.valueOf(nanosOf(unit))) : value;
    }

    private static Class<?> typeNamed(String type) {
        return PACKAGES.stream().flatMap(inPackage -> find("org.edgesentry.core." + inPackage + "." + type))
                .findFirst().orElseThrow(() -> new AssertionError("no class " + type));
    }

    private static Stream<Class<?>> find(String name) {
        try {
            return Stream.of(Class.forName(name));
        } catch (ClassNotFoundException e) {
            return Stream.empty();
        }
    }

    private static long nanosOf(String unit) {
        return " ms".equals(unit) ? TimeUnit.MILLISECONDS.toNanos(1) : TimeUnit.SECONDS.toNanos(1);
    }

    static Stream<ScanType> techniques() {
        return Arrays.stream(ScanType.values()).filter(type -> type != ScanType.NONE);
    }

    @ParameterizedTest
    @MethodSource("techniques")
    void technique_isDescribed_withItsWeight(ScanType type) {
        List<String> weights = Pattern.compile(TECHNIQUE.formatted(Pattern.quote(type.text()))).matcher(document())
                .results().map(row -> row.group(1)).toList();

        assertThat(weights).hasSize(1);
        assertThat(Double.parseDouble(weights.get(0))).isEqualTo(weight(type));
    }

    /** Of a contact that failed, in failed first contacts. */
    private static double weight(ScanType type) {
        ProbeEvent event = new ProbeEvent();
        event.scanType = type;
        event.protocol = type == ScanType.UDP ? IpProtocol.UDP : IpProtocol.TCP;
        event.destinationPort = 53;
        return (double) Weight.ofFailure(Contact.of(event)) / Weight.ONE;
    }

    @ParameterizedTest
    @EnumSource(ScanKind.class)
    void kind_isDescribed(ScanKind kind) {
        assertThat(document()).contains("\n| `" + kind.label() + "` |");
    }
}
