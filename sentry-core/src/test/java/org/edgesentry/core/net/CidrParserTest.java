package org.edgesentry.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrParserTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.0.0.0",
        "127.0.0.1/32, 127.0.0.1",
        "192.0.2.7/24, 192.0.2.0/24",
        "192.0.2.7/255.255.255.0, 192.0.2.0/24",
        "192.0.2.255/255.255.255.128, 192.0.2.128/25",
        "192.0.2.7/255.255.255.255, 192.0.2.7",
        "192.0.2.7/0.0.0.0, 0.0.0.0/0",
        "192.0.2.7/0, 0.0.0.0/0",
        "::, ::",
        "::/0, ::/0",
        "2001:DB8::000A, 2001:db8::a",
        "2001:db8::1/64, 2001:db8::/64",
        "::1/128, ::1",
        "::ffff:192.0.2.7, 192.0.2.7",
        "0:0:0:0:0:ffff:192.0.2.7, 192.0.2.7",
        "::ffff:192.0.2.7/120, 192.0.2.0/24",
        "::ffff:0:0/96, 0.0.0.0/0",
        "64:ff9b::192.0.2.7, 64:ff9b::c000:207",
    })
    void parse_plainNotation_isRead(String text, String expected) {
        assertThat(CidrParser.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "*", "-", "/", "/24", ".", "..", ":", ":::", "localhost", "router.example",
        "1.2.3", "1.2.3.", ".1.2.3.4", "1.2.3.4.5", "256.1.1.1", "1.2.3.4 ", " 1.2.3.4", "1.2.3.4\0", "1.2.3.4\n",
        "0x7f.1", "0x7f000001", "2130706433", "010.0.0.1", "1.2.3.04", "1.2.3.*", "1.2.3-5.4", "1.2.3._",
        "1.2.3.4:80", "1.2.3.4;5.6.7.8", "1.2.3.4 5.6.7.8", "a.b.c.d", "１.2.3.4",
        "1.2.3.4/33", "1.2.3.4/-1", "1.2.3.4/+24", "1.2.3.4/024", "1.2.3.4/", "1.2.3.4/24/24", "1.2.3.4/24a",
        "1.2.3.4/0x18", "1.2.3.4/\u0663", "1.2.3.4/99999999999",
        "1.2.3.4/255.0.255.0", "1.2.3.4/0.0.0.255", "1.2.3.4/255.255.255", "1.2.3.4/.", "1.2.3.4/1.2.3.4",
        "fe80::1%eth0", "[::1]", "::1::2", "fe80:::1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::fffff", "::00001",
        "::1/129", "::1/ffff::", "::1/255.0.0.0", "::1/", "::12.13.14", "::1.2.3.04", "::256.1.1.1",
        "::ffff:1.2.3.4/24", "::ffff:1.2.3.4/95",
        "00000000000000000000000000000001", "4)+k&C#VzJ4br>0wv%Yp", "2001-db8--1.ipv6-literal.net",
    })
    void parse_oddNotation_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> CidrParser.parse(text));
    }

    @Test
    void parse_mistake_isNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> CidrParser.parse("router"))
                .withMessage("\"router\" is not an IP address or network");
        assertThatIllegalArgumentException().isThrownBy(() -> CidrParser.parse("10.0.0.0/33"))
                .withMessage("\"10.0.0.0/33\" has no valid prefix length (0 to 32)");
        assertThatIllegalArgumentException().isThrownBy(() -> CidrParser.parse("10.0.0.0/255.0.255.0"))
                .withMessageContaining("has no valid mask");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.", "0", ":", "a:", "1/", "\0", "1.2.3.4,", "*.", "\u001b[2J", "f"})
    void parse_megabyte_isRefusedWithAShortPrintableMessage(String piece) {
        String text = piece.repeat(1 << 20);

        assertThatIllegalArgumentException().isThrownBy(() -> CidrParser.parse(text))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400).matches("\\P{Cntrl}+"));
    }

    @Test
    void parse_randomText_isReadOrRefusedAndNeverMisread() {
        String alphabet = "0123456789abcdefxF:::.../%*-_,+ []()#\0g";
        Random random = new Random(7);
        int accepted = 0;
        for (int i = 0; i < 100_000; i++) {
            String text = randomText(random, alphabet);
            try {
                Cidr cidr = CidrParser.parse(text);
                assertThat(CidrParser.parse(cidr.toString())).as(text).isEqualTo(cidr);
                accepted++;
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).as(text).startsWith("\"");
            }
        }
        assertThat(accepted).isPositive();
    }

    @Test
    void ofBytes_wrongLength_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> CidrParser.ofBytes(new byte[5], 0));
    }

    private static String randomText(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(16);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
