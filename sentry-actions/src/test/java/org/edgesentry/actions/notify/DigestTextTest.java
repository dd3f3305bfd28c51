package org.edgesentry.actions.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTextTest {

    private static Digest everything() {
        Gathering gathering = new Gathering();
        gathering.add(NewsFixture.block("192.0.2.7"), false, NewsFixture.START_NANOS);
        gathering.add(NewsFixture.scan("192.0.2.7"), NewsFixture.START_NANOS + 1);
        gathering.add(NewsFixture.block("2001:db8:5::9", "2001:db8:5::/64"), true, NewsFixture.START_NANOS + 2);
        gathering.add(NewsFixture.crowd(), NewsFixture.START_NANOS + 3);
        return gathering.take("edge1", new Digest.Lost(2, 7));
    }

    @Test
    void text_ofEverything_hasALineForEachSource() {
        String text = DigestText.text("$TIME$ $HOST$: $BLOCKS$ blocked, $SCANS$ scans, $COUNT$\\n\\n$LIST$",
                everything());

        assertThat(text.lines()).startsWith("2026-11-22T10:15:30Z edge1: 2 blocked, 2 scans, 4", "",
                "192.0.2.7: blocked until 2026-11-22T11:15:30Z (scan, TCP/111); "
                        + "scan ended: 12 probes within 1 min 30 s, TCP SYN/Normal scan",
                "2001:db8:5::9: 2001:db8:5::/64 would be blocked until 2026-11-22T11:15:30Z (scan, TCP/111)")
                .anyMatch(line -> line.startsWith("Many sources: "))
                .endsWith("Before this, 2 messages about 7 blocks and scans could not be delivered.");
    }

    @Test
    void line_firstSource_standsForTheTarget() {
        assertThat(DigestText.line("page $TARGET$", everything())).isEqualTo("page 192.0.2.7");
        assertThat(DigestText.line("page $TARGET$", NewsFixture.digest())).isEqualTo("page -");
    }

    @Test
    void json_ofEverything_isOneObjectWithWhatTheDocumentSays() throws IOException {
        byte[] json = DigestJson.bytes(everything(), "a \"subject\"", "a\ntext\u2028");

        assertThat(new String(json, StandardCharsets.UTF_8))
                .startsWith("{\"event\":\"digest\",\"version\":1,\"id\":\"edge1-")
                .contains("\"subject\":\"a \\\"subject\\\"\"", "\"text\":\"a\\ntext", "\"blocks\":2", "\"scans\":2",
                        "\"lost_messages\":2,\"lost\":7",
                        "{\"source\":\"192.0.2.7\",\"block\":{\"target\":\"192.0.2.7\",\"reason\":\"scan\","
                                + "\"since\":\"2026-11-22T10:15:30.123Z\",\"until\":\"2026-11-22T11:15:30.123Z\","
                                + "\"times\":1,\"in_firewall\":true,\"dry_run\":false,\"ports\":[\"TCP/111\"]},"
                                + "\"scan\":{",
                        "\"target\":\"2001:db8:5::/64\"", "\"dry_run\":true",
                        "\"distributed\":[{\"protocol\":\"TCP\",\"sources\":300");
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            int depth = 0;
            while (parser.nextToken() != null) {
                depth = Math.max(depth, parser.getParsingContext().getEntryCount());
            }
            assertThat(depth).isPositive();
        }
    }

    @Test
    void scansOfOneSource_areOneEntry() {
        Gathering gathering = new Gathering();
        gathering.add(NewsFixture.scan("192.0.2.7"), 1);
        gathering.add(NewsFixture.scan("192.0.2.7"), 2);

        Digest digest = gathering.take("edge1", Digest.Lost.NOTHING);

        assertThat(digest.scans()).isEqualTo(2);
        assertThat(digest.sources()).singleElement()
                .satisfies(news -> assertThat(news.scan().orElseThrow().probes()).isEqualTo(24));
    }

    @ParameterizedTest
    @CsvSource({"edge1.example.com, edge1.example.com", "'', localhost", "'ev;il$(x)\n', evilx", "-.-, localhost"})
    void hostName_whateverItIs_isFitForAShell(String kernel, String expected) {
        assertThat(HostName.clean(kernel)).isEqualTo(expected);
        assertThat(HostName.own()).matches("[A-Za-z0-9][A-Za-z0-9.-]*");
    }

    @ParameterizedTest
    @CsvSource({"120, 120", "0, 0", "-5, 0", "soon, 0", "99999999999, 0", "'Sun, 22 Nov 2026 10:16:30 GMT', 59",
        "'Sun, 22 Nov 2026 10:14:30 GMT', 0", "'Sun, 99 Nov 2026 10:14:30 GMT', 0"})
    void retryAfter_secondsOrDate_isRead(String value, long seconds) {
        assertThat(RetryAfter.read(value, NewsFixture.START_NANOS).toSeconds()).isEqualTo(seconds);
    }
}
