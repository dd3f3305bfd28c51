package org.edgesentry.actions.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nft prints, as the versions since 0.9 do, and what somebody else may have put there. */
class NftListingTest {

    private static List<String> blocks(String elements) {
        String listing = "table inet edge_sentry {\n\tset blocked4 {\n\t\ttype ipv4_addr\n\t\tsize 1000\n"
                + "\t\tflags dynamic,timeout\n\t\telements = { " + elements + " }\n\t}\n}\n";
        return NftListing.blocks(listing, 64).stream().map(block -> block.target() + " " + block.secondsLeft())
                .toList();
    }

    @Test
    void blocks_elements_areTargetsWithTheTimeThatIsLeft() {
        assertThat(blocks("192.0.2.7 timeout 1h expires 59m59s940ms, 192.0.2.8,\n\t\t\t     192.0.2.9 expires 8s,\n"
                + "\t\t\t     198.51.100.0/24 timeout 7d expires 6d23h"))
                .containsExactly("192.0.2.7 3600", "192.0.2.8 0", "192.0.2.9 8", "198.51.100.0/24 601200");
    }

    @Test
    void blocks_ipv6WithoutHostBits_standForTheirPrefix() {
        assertThat(blocks("2001:db8:1:2:: timeout 1m expires 30s, 2001:db8:1:2::7, 2001:db8::/48, ::ffff:192.0.2.7"))
                .containsExactly("2001:db8:1:2::/64 30", "2001:db8:1:2::7 0", "2001:db8::/48 0", "192.0.2.7 0");
    }

    @Test
    void blocks_comments_areNoHosts() {
        assertThat(blocks("192.0.2.7 timeout 1h expires 5m comment \"as 198.51.100.1 } and 2001:db8::1\", 192.0.2.8"))
                .containsExactly("192.0.2.7 300", "192.0.2.8 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "192.0.2.0-192.0.2.9 timeout 1h expires 5m", "999.0.2.7", "192.0.2.0/33", "1.2.3",
            "face", "dead:beef", "0x7f000001", "192.0.2.7 . 80"})
    void blocks_whatIsNoElementOfOurs_isPassedOver(String odd) {
        assertThat(blocks(odd + (odd.isEmpty() ? "" : ", ") + "192.0.2.99")).containsExactly("192.0.2.99 0");
    }

    @Test
    void blocks_noElementsOrACutListing_areWhatIsThere() {
        assertThat(NftListing.blocks("", 64)).isEmpty();
        assertThat(NftListing.blocks("table inet edge_sentry {\n\tset blocked4 {\n\t}\n}\n", 64)).isEmpty();
        assertThat(NftListing.blocks("elements = { 192.0.2.7, 192.0.2.8 timeout 1h expi", 64)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"1s, 1", "940ms, 1", "0s, 1", "1m1ms, 61", "2h3m4s, 7384", "1w1d, 691200", "'', 1"})
    void seconds_ofATime_areRoundedUpAndAtLeastOne(String time, long seconds) {
        assertThat(NftListing.seconds(time)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999999999999w", "18446744073709551615ms", "9223372036854775807d"})
    void seconds_beyondMeasure_areSomeTime(String time) {
        assertThat(NftListing.seconds(time)).isPositive();
    }

    @Test
    void parts_namedSetsAndChains_areCutOutWhole() {
        String listing = "table inet edge_sentry {\n\tset asked4 {\n\t\ttype ipv4_addr\n\t}\n\n\tchain steer {\n"
                + "\t\tiifname \"lo\" return\n\t}\n\n\tchain steer_to {\n\t\tdrop\n\t}\n}\n";

        assertThat(NftListing.parts(listing, List.of("steer", "asked4")))
                .isEqualTo("\tset asked4 {\n\t\ttype ipv4_addr\n\t}\n\tchain steer {\n\t\tiifname \"lo\" return\n\t}");
        assertThat(NftListing.parts("", List.of("steer"))).isEmpty();
    }
}
