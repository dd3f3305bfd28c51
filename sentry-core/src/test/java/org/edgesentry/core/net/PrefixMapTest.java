package org.edgesentry.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrefixMapTest {

    @Test
    void find_nestedPrefixes_givesTheLongest() {
        PrefixMap map = mapOf("10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "2001:db8::/32", "2001:db8:0:1::/64");

        assertThat(find(map, "10.200.0.1")).isEqualTo(0);
        assertThat(find(map, "10.1.200.1")).isEqualTo(1);
        assertThat(find(map, "10.1.2.3")).isEqualTo(2);
        assertThat(find(map, "10.1.2.4")).isEqualTo(1);
        assertThat(find(map, "2001:db8:9::1")).isEqualTo(3);
        assertThat(find(map, "2001:db8:0:1::9")).isEqualTo(4);
        assertThat(find(map, "11.0.0.0")).isEqualTo(PrefixMap.NONE);
        assertThat(find(map, "2001:db9::")).isEqualTo(PrefixMap.NONE);
    }

    @Test
    void find_everythingOfOneFamily_leavesTheOtherAlone() {
        assertThat(find(mapOf("::/0"), "192.0.2.1")).isEqualTo(PrefixMap.NONE);
        assertThat(find(mapOf("0.0.0.0/0"), "2001:db8::1")).isEqualTo(PrefixMap.NONE);
        assertThat(find(mapOf("0.0.0.0/0"), "255.255.255.255")).isZero();
        assertThat(find(mapOf("::/0"), "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")).isZero();
    }

    @Test
    void find_emptyMap_findsNothing() {
        assertThat(find(mapOf(), "192.0.2.1")).isEqualTo(PrefixMap.NONE);
    }

    @Test
    void find_randomPrefixes_agreesWithALinearSearch() {
        Random random = new Random(11);
        for (int round = 0; round < 50; round++) {
            List<Cidr> prefixes = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                prefixes.add(randomPrefix(random));
            }
            PrefixMap map = PrefixMap.of(prefixes);
            for (int i = 0; i < 2_000; i++) {
                Cidr near = prefixes.get(random.nextInt(prefixes.size()));
                long hi = near.family() == 4 ? 0 : near.hi() + random.nextInt(3) - 1;
                long lo = near.family() == 4 ? near.lo() + random.nextInt(3) - 1 & 0xFFFF_FFFFL : random.nextLong();
                assertThat(lengthOf(prefixes, map.find(near.family(), hi, lo)))
                        .isEqualTo(longest(prefixes, near.family(), hi, lo));
            }
        }
    }

    private static Cidr randomPrefix(Random random) {
        if (random.nextBoolean()) {
            return new Cidr(4, 0, random.nextInt(1 << 16) << 14 & 0xFFFF_FFFFL, random.nextInt(33));
        }
        return new Cidr(6, random.nextLong() >>> 40, random.nextLong(), random.nextInt(129));
    }

    private static int longest(List<Cidr> prefixes, int family, long hi, long lo) {
        return prefixes.stream().filter(prefix -> prefix.contains(family, hi, lo))
                .mapToInt(Cidr::prefixLength).max().orElse(PrefixMap.NONE);
    }

    private static int lengthOf(List<Cidr> prefixes, int position) {
        return position == PrefixMap.NONE ? PrefixMap.NONE : prefixes.get(position).prefixLength();
    }

    private static PrefixMap mapOf(String... prefixes) {
        return PrefixMap.of(List.of(prefixes).stream().map(CidrParser::parse).toList());
    }

    private static int find(PrefixMap map, String address) {
        Cidr parsed = CidrParser.parse(address);
        return map.find(parsed.family(), parsed.hi(), parsed.lo());
    }
}
