package org.edgesentry.netty.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.edgesentry.core.command.HostSnapshot;
import org.edgesentry.core.ledger.BlockReason;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.Test;

/** Answers as programs read them. */
class AnswersTest {

    private static String text(AnswerBody body) throws IOException {
        return String.join("", chunks(body));
    }

    private static List<String> chunks(AnswerBody body) throws IOException {
        AnswerStream stream = new AnswerStream(body);
        List<String> chunks = new ArrayList<>();
        while (!stream.isEnded()) {
            ByteBuf chunk = stream.next();
            chunks.add(chunk.toString(StandardCharsets.UTF_8));
        }
        return chunks;
    }

    @Test
    void blocks_withAndWithoutEnd_haveAllFields() throws IOException {
        assertThat(text(ListBody.blocks(List.of(
                FakeOperator.block("192.0.2.7", BlockReason.PROBE, FakeOperator.NOW + 59_500_000_000L, 1, 111, 23),
                FakeOperator.block("2001:db8:7::/64", BlockReason.OPERATOR, Long.MAX_VALUE, 12)), FakeOperator.NOW)))
                .isEqualTo("{\"blocks\":[{\"target\":\"192.0.2.7\",\"source\":\"192.0.2.7\",\"reason\":\"scan\","
                        + "\"since\":\"2026-11-26T11:47:30Z\",\"until\":\"2026-11-26T12:00:59.500Z\","
                        + "\"remaining_seconds\":60,\"times\":1,\"ports\":[\"TCP/111\",\"TCP/23\"],"
                        + "\"in_firewall\":true},{\"target\":\"2001:db8:7::/64\",\"source\":\"2001:db8:7::\","
                        + "\"reason\":\"by hand\",\"since\":\"2026-11-26T11:47:30Z\","
                        + "\"until\":null,\"remaining_seconds\":null,\"times\":12,\"ports\":[],"
                        + "\"in_firewall\":false}]}\n");
    }

    @Test
    void hosts_ofEachState_haveAllFields() throws IOException {
        assertThat(text(ListBody.hosts(List.of(
                new HostSnapshot(CidrParser.parse("192.0.2.7"), FakeOperator.ago(90), FakeOperator.ago(1), 14,
                        List.of("TCP/111"), Double.POSITIVE_INFINITY, true, true, HostSnapshot.Block.BLOCKED,
                        FakeOperator.NOW - 1),
                new HostSnapshot(CidrParser.parse("2001:db8::/64"), FakeOperator.ago(5), FakeOperator.ago(5), 0,
                        List.of(), 4.126, false, false, HostSnapshot.Block.NONE, 0)), FakeOperator.NOW)))
                .isEqualTo("{\"hosts\":[{\"host\":\"192.0.2.7\",\"first_seen\":\"2026-11-26T11:58:30Z\","
                        + "\"last_seen\":\"2026-11-26T11:59:59Z\",\"hits\":14,\"ports\":[\"TCP/111\"],"
                        + "\"odds\":9223372036854775807,\"judged\":true,\"proven\":true,\"block\":\"blocked\","
                        + "\"blocked_until\":\"2026-11-26T11:59:59.999Z\",\"remaining_seconds\":0},"
                        + "{\"host\":\"2001:db8::/64\",\"first_seen\":\"2026-11-26T11:59:55Z\","
                        + "\"last_seen\":\"2026-11-26T11:59:55Z\",\"hits\":0,\"ports\":[],\"odds\":4.13,"
                        + "\"judged\":false,\"proven\":false,\"block\":\"none\",\"blocked_until\":null,"
                        + "\"remaining_seconds\":null}]}\n");
    }

    @Test
    void status_forPrograms_isNestedByKey() throws IOException {
        assertThat(text(StatusBody.plain(new FakeOperator().status()))).isEqualTo("{\"daemon\":{\"version\":\"0.1.0\","
                + "\"since\":\"2026-11-26T08:55:00Z\",\"interfaces\":[\"eth0\",\"wg0\"],\"pipeline\":{\"ring\":32768,"
                + "\"lag_ms\":0.25}},\"blocks\":{\"active\":1234,\"breaker_open\":false}}\n");
    }

    @Test
    void status_forPeople_hasLabelsAndKinds() throws IOException {
        assertThat(text(StatusBody.labelled(StatusView.builder()
                .section("a", "A section", a -> a.number("n", "Number", 3).duration("d_seconds", "Took", 2_500_000)
                        .flag("f", "Flag", true)).build())))
                .isEqualTo("{\"status\":[{\"label\":\"A section\",\"items\":[{\"label\":\"Number\",\"number\":3},"
                        + "{\"label\":\"Took\",\"duration\":0.0025},"
                        + "{\"label\":\"Flag\",\"flag\":true}]}]}\n");
    }

    @Test
    void statusBuilder_keyThatIsNoKeyOrThereAlready_isRefused() {
        StatusView.Builder builder = StatusView.builder().text("key", "Key", "");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.text("key", "Key", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.text("camelCase", "Key", ""));
    }

    @Test
    void anyText_isAsciiOnTheWire() throws IOException {
        assertThat(text(AnswerBody.error("\u001b[2J\u202e\u0000\u00e4\n"))).isEqualTo(
                "{\"error\":\"\\u001B[2J\\u202E\\u0000\\u00E4\\n\"}\n");
    }

    @Test
    void longList_comesInChunks() throws IOException {
        List<String> chunks = chunks(ListBody.blocks(FakeOperator.manyBlocks(2_000), FakeOperator.NOW));
        assertThat(chunks).hasSizeGreaterThan(10)
                .allMatch(chunk -> chunk.length() < Limits.CONTROL_CHUNK_BYTES + 1_000);
        assertThat(String.join("", chunks)).startsWith("{\"blocks\":[{").endsWith("}]}\n").doesNotContain("}{", "},]");
    }
}
