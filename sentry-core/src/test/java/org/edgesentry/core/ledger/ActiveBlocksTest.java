package org.edgesentry.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.IpProtocol;
import org.junit.jupiter.api.Test;

class ActiveBlocksTest {

    private final ActiveBlocks blocks = new ActiveBlocks(3);

    private static ActiveBlock block(String target, long since, long until) {
        Cidr cidr = CidrParser.parse(target);
        BlockOrigin origin = new BlockOrigin(BlockReason.PROBE, Cidr.ofAddress(cidr.family(), cidr.hi(), cidr.lo()),
                IpProtocol.TCP, 11);
        List<ProbedPort> ports = List.of(new ProbedPort(IpProtocol.TCP, 11));
        return new ActiveBlock(cidr, origin, since, until, 1, ports, true);
    }

    @Test
    void ended_severalAtOnce_comeInTheOrderOfTheirEnd() {
        blocks.put(block("192.0.2.3", 0, 30));
        blocks.put(block("192.0.2.1", 0, 10));
        blocks.put(block("192.0.2.2", 0, 20));

        assertThat(blocks.ended(9, 10)).isEmpty();
        assertThat(blocks.ended(20, 10)).extracting(block -> block.target().toString())
                .containsExactly("192.0.2.1", "192.0.2.2");
        assertThat(blocks.ended(99, 1)).extracting(block -> block.target().toString()).containsExactly("192.0.2.1");
    }

    @Test
    void put_again_keepsTheBeginningAndTakesTheNewEnd() {
        blocks.put(block("192.0.2.1", 1, 10));
        blocks.put(block("192.0.2.1", 5, 50));

        assertThat(blocks.size()).isOne();
        assertThat(blocks.ended(10, 10)).isEmpty();
        assertThat(blocks.all()).containsExactly(block("192.0.2.1", 1, 50));
    }

    @Test
    void covers_addressesAndPrefixes_byFamily() {
        blocks.put(block("192.0.2.1", 0, 10));
        blocks.put(block("2001:db8:1::/64", 0, 10));

        assertThat(blocks.covers(AddressFamily.IPV4, 0, 0xC000_0201L)).isTrue();
        assertThat(blocks.covers(AddressFamily.IPV4, 0, 0xC000_0202L)).isFalse();
        assertThat(blocks.covers(AddressFamily.IPV6, 0x2001_0db8_0001_0000L, 7)).isTrue();
        assertThat(blocks.covers(AddressFamily.IPV6, 0x2001_0db8_0001_0001L, 7)).isFalse();
        assertThat(blocks.covers(AddressFamily.IPV6, 0, 0xC000_0201L)).isFalse();
    }

    @Test
    void remove_lastOfItsPrefix_coversNoMore() {
        blocks.put(block("2001:db8:1::/64", 0, 10));
        assertThat(blocks.room()).isEqualTo(2);

        blocks.remove(CidrParser.parse("2001:db8:1::/64"));

        assertThat(blocks.covers(AddressFamily.IPV6, 0x2001_0db8_0001_0000L, 7)).isFalse();
        assertThat(blocks.room()).isEqualTo(3);
        assertThat(blocks.all()).isEmpty();
    }
}
