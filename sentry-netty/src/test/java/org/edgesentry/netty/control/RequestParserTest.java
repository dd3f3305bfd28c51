package org.edgesentry.netty.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParserTest {

    private static ControlRequest parse(String line) throws RefusedRequestException {
        return RequestParser.parse(line.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void parse_wholeBlockRequest_isUnderstood() throws Exception {
        ControlRequest request =
                parse("{\"command\":\"block\",\"target\":\"192.0.2.0/24\",\"for\":\"1h\",\"force\":true}");
        assertThat(request.command()).isEqualTo(ControlCommand.BLOCK);
        assertThat(request.target()).map(Object::toString).contains("192.0.2.0/24");
        assertThat(request.seconds()).hasValue(3_600);
        assertThat(request.force()).isTrue();
    }

    @Test
    void parse_whatIsLeftOut_isUsual() throws Exception {
        assertThat(parse("{\"command\":\"block\",\"target\":\"::1\"}").seconds()).isEmpty();
        assertThat(parse("{\"command\":\"hosts\"}").limit()).isEqualTo(1_000);
        assertThat(parse(" {\"all\": true, \"command\" : \"unblock\"}\r").target()).isEmpty();
        assertThat(parse("{\"command\":\"status\"}").labelled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "status", "[]", "null", "1", "{", "}", "{}{}", "{\"command\":\"status\"",
        "{\"command\":\"status\"}x", "{\"command\":\"status\"}{\"command\":\"reload\"}", "{'command':'status'}",
        "{\"command\":\"status\",}",
        "{\"command\":\"status\",\"command\":\"reload\"}", "{\"command\":\"sta\u0000tus\"}",
        "{\"command\":\"hosts\",\"limit\":+1}",
        "{\"command\":\"hosts\",\"limit\":99999999999999999999999999}", "{\"command\":\"hosts\",\"limit\":NaN}",
        "{\"1\":1,\"2\":1,\"3\":1,\"4\":1,\"5\":1,\"6\":1,\"7\":1,\"8\":1,\"9\":1}", "{\"command\":\"\\ud8\"}",
        "// a comment\n{\"command\":\"status\"}"})
    void parse_noObject_isMalformed(String line) {
        assertRefused(Refusal.MALFORMED, line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"command\":\"\"}", "{\"command\":\"STATUS\"}", "{\"command\":null}",
        "{\"command\":7}", "{\"command\":{}}", "{\"command\":[[[[[[[[]]]]]]]]}", "{\"command\":{\"a\":{\"b\":{}}}}",
        "{\"command\":\"status\",\"x\":1}", "{\"command\":\"status\",\"target\":\"::1\"}",
        "{\"command\":\"hosts\",\"limit\":0}", "{\"command\":\"hosts\",\"limit\":10001}",
        "{\"command\":\"hosts\",\"limit\":-1}", "{\"command\":\"hosts\",\"limit\":4294967297}",
        "{\"command\":\"hosts\",\"limit\":1e9999999999}", "{\"command\":\"hosts\",\"limit\":1.5}",
        "{\"command\":\"hosts\",\"limit\":\"5\"}",
        "{\"command\":\"block\"}", "{\"command\":\"block\",\"target\":7}", "{\"command\":\"block\",\"target\":\"\"}",
        "{\"command\":\"block\",\"target\":\"host.example\"}", "{\"command\":\"block\",\"target\":\"192.0.2.7/33\"}",
        "{\"command\":\"block\",\"target\":\"\\u001b[2J\"}",
        "{\"command\":\"block\",\"target\":\"192.0.2.7; nft flush ruleset\"}",
        "{\"command\":\"block\",\"target\":\"::1\",\"for\":60}",
        "{\"command\":\"block\",\"target\":\"::1\",\"for\":\"-1s\"}",
        "{\"command\":\"block\",\"target\":\"::1\",\"for\":\"99999999999999999999d\"}",
        "{\"command\":\"block\",\"target\":\"::1\",\"force\":\"yes\"}", "{\"command\":\"unblock\"}",
        "{\"command\":\"unblock\",\"all\":false}", "{\"command\":\"unblock\",\"all\":true,\"target\":\"::1\"}"})
    void parse_objectThatMakesNoSense_isInvalid(String line) {
        assertRefused(Refusal.INVALID, line);
    }

    @ParameterizedTest
    @CsvSource({"80", "c0 af", "ed a0 80", "f4 90 80 80", "ff fe 7b 00", "00 7b"})
    void parse_notUtf8_isMalformed(String hex) {
        byte[] line = new byte[hex.split(" ").length];
        for (int i = 0; i < line.length; i++) {
            line[i] = (byte) Integer.parseInt(hex.split(" ")[i], 16);
        }
        assertThatExceptionOfType(RefusedRequestException.class).isThrownBy(() -> RequestParser.parse(line))
                .matches(e -> e.kind() == Refusal.MALFORMED).withMessageMatching("[ -~]+");
    }

    @Test
    void parse_deepNesting_isRefusedAtOnce() {
        String deep = "{\"command\":" + "[".repeat(4_000);
        assertThatExceptionOfType(RefusedRequestException.class).isThrownBy(() -> parse(deep));
        String deepObjects = "{\"a\":".repeat(600);
        assertThatExceptionOfType(RefusedRequestException.class).isThrownBy(() -> parse(deepObjects));
    }

    @Test
    void parse_randomChangesOfAGoodLine_neverThrowAnythingElse() {
        byte[] good = "{\"command\":\"block\",\"target\":\"192.0.2.7\",\"for\":\"1h\",\"force\":true}"
                .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] line = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                line[random.nextInt(line.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(RequestParser.parse(line).command()).isNotNull();
            } catch (RefusedRequestException e) {
                assertThat(e.getMessage()).matches("[^\\p{Cntrl}]+");
            }
        }
    }

    private static void assertRefused(Refusal kind, String line) {
        assertThatExceptionOfType(RefusedRequestException.class).as(line).isThrownBy(() -> parse(line))
                .withMessageMatching("[ -~]+").satisfies(e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
    }
}
