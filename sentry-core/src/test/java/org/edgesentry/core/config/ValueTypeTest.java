package org.edgesentry.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The corners of single values that the golden files do not reach. */
class ValueTypeTest {

    private final List<String> faults = new ArrayList<>();

    static List<ConfigKey<?>> keys() {
        return ConfigKeys.ALL;
    }

    @ParameterizedTest
    @MethodSource("keys")
    void defaultValue_ofEveryKey_isReadable(ConfigKey<?> key) {
        assertThat(key.defaultValue()).isNotNull();
        assertThat(key.description()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"0, PT0S, 0", "90, PT90S, 90s", "30s, PT30S, 30s", "120s, PT2M, 2m", "15m, PT15M, 15m", "1h, PT1H, 1h",
        "24h, P1D, 1d", "7d, P7D, 7d", "2w, P14D, 14d", "0w, PT0S, 0", "3650d, P3650D, 3650d", "007, PT7S, 7s"})
    void duration_everyUnit_isReadAndShown(String text, Duration expected, String shown) {
        DurationType type = new DurationType(Duration.ZERO);

        assertThat(read(type, text)).isEqualTo(expected);
        assertThat(type.show(expected)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h", "1H", "1.5h", "+1h", " 1h", "1h ", "1hh", "1y", "-1", "1٣", "3651d", "522w",
        "9223372036854775807", "9223372036854775807w", "18446744073709551616w"})
    void duration_nonsense_isRefused(String text) {
        assertThat(read(new DurationType(Duration.ZERO), text)).isNull();
        assertThat(faults).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:9465, 127.0.0.1:9465", "[::1]:9465, [::1]:9465", "0.0.0.0:1, 0.0.0.0:1",
        "[2001:DB8:0:0::1]:65535, [2001:db8::1]:65535"})
    void listenAddress_literal_isRead(String text, String expected) {
        assertThat(read(new ListenAddressType(), text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9465", ":9465", "*:9465", "localhost:9465", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0",
        "127.0.0.1:65536", "127.0.0.1:x", "127.0.0.0/8:1", "[127.0.0.1]:1", "::1:9465", "[::1]", "[]:1", "[:1",
        "[fe80::1%eth0]:1", " 127.0.0.1:1"})
    void listenAddress_nonsense_isRefused(String text) {
        assertThat(read(new ListenAddressType(), text)).isNull();
        assertThat(faults).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "./x", "../x", "~/x", "C:/x", "/", "//", ""})
    void path_notAbsolute_isRefused(String text) {
        assertThat(read(new PathType(PathType.FILE_BYTES, false), text)).isNull();
        assertThat(faults).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"./portsentry.history", "portsentry.history", "../portsentry.history"})
    void path_relativeInAKeyOfPortSentry_isInTheDirectoryOfTheStart(String text) {
        assertThat(read(new PathType(PathType.FILE_BYTES, true), text)).isEqualTo(Path.of("").toAbsolutePath()
                .resolve(text));
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"~/x", "/", ""})
    void path_nonsenseInAKeyOfPortSentry_isRefused(String text) {
        assertThat(read(new PathType(PathType.FILE_BYTES, true), text)).isNull();
        assertThat(faults).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"106, true", "107, true", "108, false"})
    void path_ofASocket_fitsItsAddress(int bytes, boolean fits) {
        String path = "/" + "s".repeat(bytes - 1);

        assertThat(read(new PathType(PathType.SOCKET_BYTES, false), path) != null).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({"TCP_PORTS, TCP_PORTS, 0", "TCP_PROTS, TCP_PORTS, 1", "TCP_PORT, TCP_PORTS, 1", "'', ABC, 3",
        "KITTEN, SITTING, 3"})
    void distance_ofTwoKeys_countsTypingMistakes(String from, String to, int expected) {
        assertThat(KeySuggestions.distance(from, to)).isEqualTo(expected);
        assertThat(KeySuggestions.distance(to, from)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://h", "http://192.0.2.1:8080/", "https://[2001:db8::1]/a?b=c%20d&e", "https://h?x",
        "https://hooks.example.com/services/T00/B00/x_-.~!$'()*+,;=:@y"})
    void webAddress_ofAnyServer_isReadAndIsAnUri(String text) {
        assertThat(read(new WebAddressType(), text)).isEqualTo(text);
        assertThat(URI.create(text).getHost()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h", "ftp://h/", "https:/h", "https://", "https:///x", "https://a_b/", "https://1.2.3/",
        "https://h:0/", "https://h:/", "https://[::1/", "https://::1/", "https://[1.2.3.4]/", "https://u@h/",
        "https://h/#x", "https://h/%", "https://h/%4", "https://h/%4x", "https://h/ä", "https://h/😀", "https://h/[",
        "https://h/\"", "https://h/\\", "https://-h/", "https://h-/", "https://h..i/"})
    void webAddress_nonsense_isRefused(String text) {
        assertThat(read(new WebAddressType(), text)).isNull();
        assertThat(faults).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@", "a@", "@b", "a b@c", "a@b@c", "a..b@c", ".a@c", "a@c\r\nBcc: d@e", "<a@b>", "\"a\"@b",
        "a,b", "ä@b", "a@[127.0.0.1]", "x@1.2.3.4"})
    void mailAddress_nonsense_isRefused(String text) {
        assertThat(read(new MailAddressType(), text)).isNull();
        assertThat(faults).hasSize(1);
    }

    @Test
    void mailList_ofTooMany_isRefused() {
        assertThat(read(new MailListType(), String.join(",", Collections.nCopies(20, "root")))).hasSize(20);
        assertThat(read(new MailListType(), String.join(",", Collections.nCopies(21, "root")))).isNull();
        assertThat(faults).hasSize(1);
    }

    private <T> T read(ValueType<T> type, String text) {
        return type.read(text, (index, message) -> faults.add(message));
    }
}
