package org.edgesentry.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in conf/: they load, and they document every key. */
class ShippedConfTest {

    private static final Path CONF = Path.of("../conf/portsentry.conf");
    private static final Path IGNORE = Path.of("../conf/portsentry.ignore");
    private static final Pattern SETTING_LINE = Pattern.compile("^#?([A-Z][A-Z0-9_]*)=\"(.*)\"$", Pattern.MULTILINE);

    /** Where Linux begins to take the ports of outgoing connections: ip_local_port_range in ip(7). */
    private static final int FIRST_EPHEMERAL_PORT = 32_768;

    /** Ports of services that edge hosts and their neighbours run; a trap there would hit honest hosts. */
    private static final int[] HONEST_TCP = {20, 21, 22, 23, 25, 53, 80, 88, 102, 110, 113, 123, 135, 139, 143, 179,
        389, 443, 445, 465, 502, 587, 636, 853, 873, 993, 995, 1194, 1433, 1883, 3306, 3389, 5060, 5432, 5671, 5672,
        6379, 8080, 8443, 8883, 9090, 9100, 9465, 27017};
    private static final int[] HONEST_UDP = {7, 9, 53, 67, 68, 123, 137, 138, 161, 162, 443, 500, 514, 520, 1194, 1900,
        3478, 4500, 4789, 5060, 5353, 5355, 51820};

    static List<ConfigKey<?>> keys() {
        return ConfigKeys.ALL;
    }

    @Test
    void conf_asShipped_runsOnAFreshMachine() throws IOException {
        ConfigResult result = parse(Files.readString(CONF));

        assertThat(result.faults()).isEmpty();
        assertThat(result.notActedOn()).isEmpty();
        Settings settings = result.settings().orElseThrow();
        assertThat(settings.response().tcp()).isEqualTo(ResponseMode.BLOCK);
        assertThat(settings.response().udp()).isEqualTo(ResponseMode.LOG);
        assertThat(settings.detection().scanTrigger()).isZero();
        assertThat(settings.files().ignore()).isEmpty();
        assertThat(settings.files().history()).contains(Path.of("/var/lib/edge-sentry/portsentry.history"));
        assertThat(settings.files().blocked()).contains(Path.of("/var/lib/edge-sentry/portsentry.blocked"));
    }

    @Test
    void conf_trapPorts_spareHonestHosts() throws IOException {
        Settings.Traps traps = parse(Files.readString(CONF)).settings().orElseThrow().traps();

        assertThat(traps.tcpPorts().toArray()).isNotEmpty().doesNotContain(HONEST_TCP);
        assertThat(traps.udpPorts().toArray()).isNotEmpty().doesNotContain(HONEST_UDP);
        assertThat(traps.tcpPorts().toBitSet().length()).isLessThanOrEqualTo(FIRST_EPHEMERAL_PORT);
        assertThat(traps.udpPorts().toBitSet().length()).isLessThanOrEqualTo(FIRST_EPHEMERAL_PORT);
    }

    @Test
    void conf_holdsEveryKeyOnce_inTheOrderOfTheTable() throws IOException {
        assertThat(settingLines(Files.readString(CONF)).map(line -> line.group(1)))
                .containsExactlyElementsOf(ConfigKeys.ALL.stream().map(ConfigKey::name).toList());
    }

    @Test
    void conf_everyLineSwitchedOn_stillLoads() throws IOException {
        String everything = SETTING_LINE.matcher(Files.readString(CONF)).replaceAll("$1=\"$2\"");

        ConfigResult result = parse(everything);

        assertThat(result.faults()).isEmpty();
        assertThat(settingLines(everything)).hasSameSizeAs(ConfigKeys.ALL).noneMatch(l -> l.group().startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void conf_keyThatIsCommentedOut_showsItsDefault(ConfigKey<?> key) throws IOException {
        MatchResult line = settingLines(Files.readString(CONF)).filter(l -> l.group(1).equals(key.name()))
                .findFirst().orElseThrow();

        if (line.group().startsWith("#") && !key.defaultText().isEmpty()) {
            assertThat(line.group(2)).isEqualTo(key.defaultText());
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void conf_comment_saysWhatIsNotActedOn(ConfigKey<?> key) throws IOException {
        String paragraph = Stream.of(Files.readString(CONF).split("\n\n"))
                .filter(text -> settingLines(text).anyMatch(line -> line.group(1).equals(key.name())))
                .findFirst().orElseThrow();
        String prose = paragraph.replaceAll("\n# *", " ").toLowerCase(Locale.ROOT);

        assertThat(prose).startsWith("# ");
        assertThat(prose.contains("not acted on yet")).isEqualTo(!key.isActedOn());
    }

    @Test
    void ignoreFile_asShipped_loads() throws IOException {
        IgnoreResult result = IgnoreFileParser.parse("portsentry.ignore", Files.readAllBytes(IGNORE));

        assertThat(result.faults()).isEmpty();
        assertThat(result.entries()).extracting(entry -> entry.network().toString())
                .containsExactly("127.0.0.1", "0.0.0.0", "::1");
    }

    private static Stream<MatchResult> settingLines(String text) {
        return SETTING_LINE.matcher(text).results();
    }

    private static ConfigResult parse(String text) {
        return ConfigParser.parse("portsentry.conf", text.getBytes(StandardCharsets.UTF_8));
    }
}
