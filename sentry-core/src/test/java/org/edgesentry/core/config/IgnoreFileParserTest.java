package org.edgesentry.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.Test;

class IgnoreFileParserTest {

    @Test
    void parse_everyForm_isRead() {
        IgnoreResult result = parse("""
                # the old entries
                127.0.0.1/32
                0.0.0.0

                192.0.2.7 # the monitor
                \t192.0.2.64/26#close
                198.51.100.9/255.255.255.0
                2001:db8::/32
                ::ffff:203.0.113.9
                """);

        assertThat(result.faults()).isEmpty();
        assertThat(result.entries()).containsExactly(
                entry("127.0.0.1", 2), entry("0.0.0.0", 3), entry("192.0.2.7", 5), entry("192.0.2.64/26", 6),
                entry("198.51.100.0/24", 7), entry("2001:db8::/32", 8), entry("203.0.113.9", 9));
    }

    @Test
    void parse_unspecifiedAddress_isThatOneAddress() {
        assertThat(parse("0.0.0.0").entries()).singleElement()
                .satisfies(entry -> assertThat(entry.network().isSingleAddress()).isTrue());
    }

    @Test
    void parse_windowsFile_isRead() {
        IgnoreResult result = parse("\uFEFF192.0.2.7\r\n# note\r\n2001:db8::1  \r\n");

        assertThat(result.faults()).isEmpty();
        assertThat(result.entries()).containsExactly(entry("192.0.2.7", 1), entry("2001:db8::1", 3));
    }

    @Test
    void parse_emptyFile_isAnEmptyList() {
        assertThat(parse("").entries()).isEmpty();
        assertThat(parse("").faults()).isEmpty();
    }

    @Test
    void parse_mistakes_areAllToldAndNoEntryIsLeft() {
        IgnoreResult result = parse("""
                192.0.2.7
                monitor.example
                  192.0.2.0/33
                192.0.2.1 192.0.2.2
                bad worse
                192.0.2.1,192.0.2.2
                fe80::1%eth0
                \0\u001b[2J
                """);

        assertThat(result.entries()).isEmpty();
        assertThat(result.faults()).extracting(Fault::toString).containsExactly(
                "i:2: \"monitor.example\" is not an IP address or network (column 1)",
                "i:3: \"192.0.2.0/33\" has no valid prefix length (0 to 32) (column 3)",
                "i:4: one entry a line; unexpected \"192.0.2.2\" (column 11)",
                "i:5: \"bad\" is not an IP address or network (column 1)",
                "i:5: one entry a line; unexpected \"worse\" (column 5)",
                "i:6: \"192.0.2.1,192.0.2.2\" is not an IP address or network (column 1)",
                "i:7: \"fe80::1%eth0\" is not an IP address or network (column 1)",
                "i:8: \"\\x00\\x1b[2J\" is not an IP address or network (column 1)");
    }

    @Test
    void parse_hundredThousandLines_areAllRead() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            text.append(String.format("10.%d.%d.%d%n", i >> 16, i >> 8 & 255, i & 255));
        }

        List<IgnoreEntry> entries = parse(text.toString()).entries();

        assertThat(entries).hasSize(100_000);
        assertThat(entries.get(99_999)).isEqualTo(entry("10.1.134.159", 100_000));
    }

    private static IgnoreEntry entry(String network, int line) {
        return new IgnoreEntry(CidrParser.parse(network), line);
    }

    private static IgnoreResult parse(String text) {
        return IgnoreFileParser.parse("i", text.getBytes(StandardCharsets.UTF_8));
    }
}
