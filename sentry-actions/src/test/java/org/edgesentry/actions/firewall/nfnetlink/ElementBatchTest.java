package org.edgesentry.actions.firewall.nfnetlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.Test;

/** The form of the messages; what the kernel makes of them is tested on a real one. */
class ElementBatchTest {

    private final ElementBatch batch = new ElementBatch("edge_sentry");

    /** The messages of the batch, which must fill it without a gap. */
    private List<ByteBuffer> messages() {
        int bytes = batch.end();
        ByteBuffer all = batch.bytes();
        List<ByteBuffer> messages = new ArrayList<>();
        int at = 0;
        while (at < bytes) {
            assertThat(at % 4).isZero();
            messages.add(all.slice(at, all.getInt(at)).order(ByteOrder.nativeOrder()));
            at += all.getInt(at);
        }
        assertThat(at).isEqualTo(bytes);
        return messages;
    }

    private static String hex(ByteBuffer message, int from) {
        StringBuilder text = new StringBuilder();
        for (int at = from; at < message.capacity(); at++) {
            text.append(String.format("%02x", message.get(at)));
        }
        return text.toString();
    }

    @Test
    void end_oneAddress_isBeginChangeEndAndOnlyTheChangeAsksForAnAnswer() {
        batch.begin();
        batch.change(ElementBatch.Change.ADD, "blocked4");
        batch.element(CidrParser.parse("192.0.2.7"), 3_600_000);

        List<ByteBuffer> messages = messages();

        assertThat(messages).extracting(message -> (int) message.getShort(4)).containsExactly(16, 10 << 8 | 12, 17);
        assertThat(messages).extracting(message -> (int) message.getShort(6)).containsExactly(1, 1 | 4 | 0x400, 1);
        assertThat(messages).extracting(message -> message.getInt(8)).containsExactly(1, 2, 3);
        assertThat(hex(messages.get(1), messages.get(1).capacity() - 24)).endsWith("c0000207" + "0c000400"
                + "000000000036ee80");
    }

    @Test
    void element_ipv6Prefix_isItsNetworkAddress() {
        batch.begin();
        batch.change(ElementBatch.Change.DELETE, "blocked6");
        batch.element(CidrParser.parse("2001:db8:1:2::/64"), 0);

        assertThat(hex(messages().get(1), 0)).endsWith("20010db8000100020000000000000000");
    }

    @Test
    void element_moreThanOneMessageHolds_goesOnInAnother() {
        batch.begin();
        batch.change(ElementBatch.Change.ADD, "blocked4");
        Cidr address = Cidr.ofAddress(AddressFamily.IPV4, 0, 0xC612_0001L);
        int count = ElementBatch.room() / ElementBatch.bytes(address);
        for (int i = 0; i < count; i++) {
            batch.element(address, 1_000);
        }

        List<ByteBuffer> messages = messages();

        assertThat(messages).hasSizeGreaterThan(3);
        List<ByteBuffer> changes = messages.subList(1, messages.size() - 1);
        assertThat(changes).allSatisfy(message -> {
            assertThat(message.capacity()).isLessThan(65_536);
            assertThat(hex(message, 16).substring(0, 72)).isEqualTo(hex(changes.get(0), 16).substring(0, 72));
        });
        assertThat(changes.stream().filter(message -> (message.getShort(6) & 4) != 0).toList())
                .containsExactly(changes.get(changes.size() - 1));
        assertThat(changes.stream().mapToInt(message -> message.capacity() - 56).sum() / 28).isEqualTo(count);
    }

    @Test
    void begin_again_forgetsWhatWasThere() {
        batch.begin();
        batch.change(ElementBatch.Change.ADD, "blocked4");
        batch.element(CidrParser.parse("192.0.2.7"), 0);
        batch.end();
        batch.begin();
        batch.change(ElementBatch.Change.ADD, "blocked4");
        batch.element(CidrParser.parse("192.0.2.8"), 0);

        List<ByteBuffer> messages = messages();

        assertThat(messages).hasSize(3);
        assertThat(hex(messages.get(1), 0)).endsWith("c0000208");
        assertThat(batch.isOwn(3)).isFalse();
        assertThat(batch.isOwn(4)).isTrue();
        assertThat(batch.isLast(5)).isTrue();
    }

    @Test
    void endMeaningless_batch_isOneMessageOfNoKind() {
        batch.begin();
        batch.change(ElementBatch.Change.ADD, "blocked4");
        batch.element(CidrParser.parse("192.0.2.7"), 0);

        int bytes = batch.endMeaningless();

        assertThat(batch.bytes().getInt(0)).isEqualTo(bytes);
        assertThat(batch.bytes().getShort(4)).isEqualTo((short) 1);
        assertThat(batch.isLast(batch.bytes().getInt(8))).isTrue();
    }
}
