package org.edgesentry.netty.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.edgesentry.actions.firewall.FirewallWatch.Change;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages of nf_tables as the kernel lays them out; all of a datagram are read, and the largest change counts. */
class RulesetMessagesTest {

    /** No thread of ours: the kernel counts from 1. */
    private static final int SOMEBODY = 0;
    private static final int NFTABLES = 10;

    private static byte[] message(int subsystem, int kind, String... attributes) {
        ByteBuffer message = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());
        message.position(4);
        message.put((byte) kind).put((byte) subsystem).position(20);
        for (int i = 0; i < attributes.length; i++) {
            byte[] text = (attributes[i] + "\0").getBytes(StandardCharsets.US_ASCII);
            message.putShort((short) (4 + text.length)).putShort((short) (i + 1)).put(text);
            message.position(message.position() + 3 & ~3);
        }
        message.putInt(0, message.position());
        byte[] bytes = new byte[message.position()];
        message.get(0, bytes);
        return bytes;
    }

    /** The message that ends a transaction and names the thread that made it. */
    private static byte[] endOfTransaction(long thread) {
        ByteBuffer message = ByteBuffer.allocate(28).order(ByteOrder.nativeOrder());
        message.putInt(0, 28).put(4, (byte) 15).put(5, (byte) NFTABLES);
        message.putShort(20, (short) 8).putShort(22, (short) 2);
        message.order(ByteOrder.BIG_ENDIAN).putInt(24, (int) thread);
        return message.array();
    }

    @Test
    void read_transactionOfOurs_isNoChange() {
        byte[] blocks = message(NFTABLES, 14, "edge_sentry", "blocked4");
        byte[] ours = endOfTransaction(ProcessHandle.current().pid());

        assertThat(read(blocks, ours)).isEqualTo(Change.NONE);
        assertThat(read(blocks, ours, blocks)).as("and one of somebody else").isEqualTo(Change.BLOCKS);
    }

    private static Change read(byte[]... messages) {
        ByteArrayOutputStream datagram = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            datagram.writeBytes(message);
        }
        datagram.writeBytes(endOfTransaction(SOMEBODY));
        ByteBuffer memory = ByteBuffer.allocate(32_768).order(ByteOrder.nativeOrder());
        memory.put(0, datagram.toByteArray());
        return new RulesetMessages().read(memory, datagram.size());
    }

    /** Kinds of linux/netfilter/nf_tables.h. */
    @ParameterizedTest
    @CsvSource({
        "0, edge_sentry, main, RULES", "2, edge_sentry, main, RULES", "5, edge_sentry, traps, RULES",
        "8, edge_sentry, steer, RULES", "11, edge_sentry, blocked4, RULES",
        "14, edge_sentry, blocked4, BLOCKS", "14, edge_sentry, blocked6, BLOCKS", "14, edge_sentry, nets6, BLOCKS",
        "14, edge_sentry, fresh4, NONE", "14, edge_sentry, asked_all, NONE",
        "12, edge_sentry, blocked4, NONE", "15, edge_sentry, blocked4, NONE",
        "2, filter, main, NONE", "14, edge_sentry2, blocked4, NONE", "14, edge_sentr, blocked4, NONE",
    })
    void read_aMessage_tellsByKindTableAndSet(int kind, String table, String set, Change change) {
        assertThat(read(message(NFTABLES, kind, table, set))).isEqualTo(change);
    }

    @Test
    void read_otherSubsystems_areNotOurs() {
        assertThat(read(message(1, 14, "edge_sentry", "blocked4"))).isEqualTo(Change.NONE);
    }

    @Test
    void read_manyMessages_largestChangeCounts() {
        byte[] added = message(NFTABLES, 12, "edge_sentry", "blocked4");
        byte[] rules = message(NFTABLES, 8, "edge_sentry", "main");
        byte[] blocks = message(NFTABLES, 14, "edge_sentry", "nets4");

        assertThat(read(added, rules, added)).isEqualTo(Change.RULES);
        assertThat(read(added, blocks, rules)).isEqualTo(Change.BLOCKS);
        assertThat(read()).isEqualTo(Change.NONE);
    }

    @Test
    void read_lengthsThatCannotBe_areTakenForAChangeOfEverything() {
        byte[] broken = message(NFTABLES, 12, "edge_sentry", "blocked4");
        ByteBuffer header = ByteBuffer.wrap(broken).order(ByteOrder.nativeOrder());
        for (int length : new int[] {0, 19, -1, Integer.MAX_VALUE, broken.length + 1}) {
            header.putInt(0, length);
            assertThat(read(broken)).isEqualTo(Change.BLOCKS);
        }
    }

    @Test
    void read_attributesThatDoNotFit_areNoneOfOurs() {
        assertThat(read(message(NFTABLES, 14))).isEqualTo(Change.NONE);
        byte[] message = message(NFTABLES, 14, "edge_sentry", "blocked4");
        ByteBuffer attributes = ByteBuffer.wrap(message).order(ByteOrder.nativeOrder());
        for (int length : new int[] {0, 4, 200, 32_767, -1, -32_768}) {
            attributes.putShort(20, (short) length);
            assertThat(read(message)).isEqualTo(Change.NONE);
        }
        attributes.putShort(20, (short) 16).putShort(36, (short) 200);
        assertThat(read(message)).isEqualTo(Change.NONE);
    }

    @Test
    void read_noise_isSurvived() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] message = message(NFTABLES, random.nextInt(20), "edge_sentry", "blocked4");
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                message[random.nextInt(message.length)] = (byte) random.nextInt();
            }
            assertThat(read(message, message)).isNotNull();
        }
    }
}
