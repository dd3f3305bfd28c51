package org.edgesentry.actions.firewall.nfnetlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;

/**
 * Writes one transaction that changes elements of sets of addresses: messages of linux/netfilter/nf_tables.h between a
 * begin and an end. All of it is done, or nothing.
 *
 * <pre>
 *   nlmsghdr   length (32), kind (16), flags (16), sequence (32), port (32)
 *   nfgenmsg   family (8), version (8), resource (16, network order)
 *   attribute  length (16), type (16), value, padded to 4 bytes:
 *     table, set, elements { element { key { value }, timeout in milliseconds (64, network order) }, ... }
 * </pre>
 *
 * <p>The last message alone asks for an answer; others have one when they fail.
 *
 * <p>Thread: one at a time; nothing is allocated after the constructor.
 */
public final class ElementBatch {

    /** A socket takes no more at a time than its send buffer, 208 KiB by default (net.core.wmem_default). */
    private static final int BYTES = 160 << 10;
    /** The length of an attribute has 16 bits. */
    private static final int LIST_BYTES = 60_000;
    private static final int HEADER_BYTES = 20;
    private static final int ATTRIBUTE_BYTES = 4;
    private static final int TIMEOUT_BYTES = ATTRIBUTE_BYTES + Long.BYTES;
    /** Begin, end, and what is around the lists of elements, with room. */
    private static final int FRAME_BYTES = 2_048;

    private static final short NOTHING = 1;
    private static final short BATCH_BEGIN = 16;
    private static final short BATCH_END = 17;
    private static final short SUBSYSTEM = 10;
    private static final short REQUEST = 1;
    private static final short ACKNOWLEDGE = 4;
    private static final short CREATE = 0x400;
    private static final byte FAMILY_INET = 1;
    private static final short NESTED = (short) 0x8000;
    private static final short TABLE = 1;
    private static final short SET = 2;
    private static final short ELEMENTS = NESTED | 3;
    private static final short ELEMENT = NESTED | 1;
    private static final short KEY = NESTED | 1;
    private static final short VALUE = 1;
    private static final short TIMEOUT = 4;

    private final ByteBuffer host = NetlinkSocket.memory(BYTES);
    private final ByteBuffer network = host.duplicate().order(ByteOrder.BIG_ENDIAN);
    private final byte[] table;
    private int at;
    private int sequence;
    private int firstSequence;
    private int message;
    private int list;

    /** For sets of this table of the family inet. */
    public ElementBatch(String table) {
        this.table = text(table);
    }

    private static byte[] text(String text) {
        return (text + '\0').getBytes(StandardCharsets.US_ASCII);
    }

    /** How many bytes of elements one transaction holds. */
    public static int room() {
        return BYTES - FRAME_BYTES;
    }

    /** How many of them an element takes, with a time. */
    public static int bytes(Cidr element) {
        return 3 * ATTRIBUTE_BYTES + keyBytes(element) + TIMEOUT_BYTES;
    }

    private static int keyBytes(Cidr element) {
        return element.family() == AddressFamily.IPV4 ? Integer.BYTES : 2 * Long.BYTES;
    }

    /** Forgets what was written before. */
    public void begin() {
        at = 0;
        message = -1;
        firstSequence = sequence + 1;
        header(BATCH_BEGIN, REQUEST, (byte) 0, SUBSYSTEM);
        host.putInt(0, at);
    }

    /** What comes next is done to elements of this set. */
    public void change(Change change, String set) {
        closeMessage();
        message = at;
        header((short) (SUBSYSTEM << 8 | change.kind), (short) (REQUEST | change.flags), FAMILY_INET, (short) 0);
        attribute(TABLE, table);
        attribute(SET, text(set));
        list = openAttribute(ELEMENTS);
    }

    /** One more element: an address, or the network address of a prefix. */
    public void element(Cidr element, long timeoutMillis) {
        if (at - list > LIST_BYTES) {
            openNextMessage();
        }
        int whole = openAttribute(ELEMENT);
        int key = openAttribute(KEY);
        int value = openAttribute(VALUE);
        if (element.family() == AddressFamily.IPV4) {
            network.putInt(at, (int) element.lo());
        } else {
            network.putLong(at, element.hi()).putLong(at + Long.BYTES, element.lo());
        }
        at += keyBytes(element);
        closeAttribute(value);
        closeAttribute(key);
        if (timeoutMillis > 0) {
            int timeout = openAttribute(TIMEOUT);
            network.putLong(at, timeoutMillis);
            at += Long.BYTES;
            closeAttribute(timeout);
        }
        closeAttribute(whole);
    }

    /** The same change to the same set goes on. */
    private void openNextMessage() {
        int former = message;
        int before = list - former;
        closeMessage();
        message = at;
        for (int i = 0; i < before; i++) {
            host.put(at + i, host.get(former + i));
        }
        host.putInt(at + 8, ++sequence);
        at += before;
        list = openAttribute(ELEMENTS);
    }

    private void closeMessage() {
        if (message >= 0) {
            closeAttribute(list);
            host.putInt(message, at - message);
        }
    }

    /** The transaction is complete; how many bytes it has. There must be at least one change. */
    int end() {
        closeMessage();
        host.putShort(message + 6, (short) (host.getShort(message + 6) | ACKNOWLEDGE));
        int last = at;
        header(BATCH_END, REQUEST, (byte) 0, SUBSYSTEM);
        host.putInt(last, at - last);
        return at;
    }

    /** Ends it as one message with nothing in it (NLMSG_NOOP), which asks for an answer all the same. */
    int endMeaningless() {
        int bytes = end();
        host.putInt(0, bytes).putShort(4, NOTHING).putShort(6, (short) (REQUEST | ACKNOWLEDGE)).putInt(8, sequence - 1);
        return bytes;
    }

    ByteBuffer bytes() {
        return host;
    }

    /** Whether an answer with this sequence number is to a message of this transaction. */
    boolean isOwn(int answered) {
        return answered - firstSequence >= 0 && answered - sequence <= 0;
    }

    /** Whether it is to the last change. */
    boolean isLast(int answered) {
        return answered == sequence - 1;
    }

    private void header(short kind, short flags, byte family, short resource) {
        host.putInt(at, 0).putShort(at + 4, kind).putShort(at + 6, flags).putInt(at + 8, ++sequence).putInt(at + 12, 0);
        host.put(at + 16, family).put(at + 17, (byte) 0);
        network.putShort(at + 18, resource);
        at += HEADER_BYTES;
    }

    private void attribute(short type, byte[] value) {
        int start = openAttribute(type);
        host.put(at, value);
        at += value.length;
        closeAttribute(start);
        while ((at & 3) != 0) {
            host.put(at++, (byte) 0);
        }
    }

    private int openAttribute(short type) {
        int start = at;
        host.putShort(at + 2, type);
        at += ATTRIBUTE_BYTES;
        return start;
    }

    private void closeAttribute(int start) {
        host.putShort(start, (short) (at - start));
    }

    /** What is done to elements. */
    public enum Change {
        /** The element is there from now on; one that is there stays. */
        ADD((short) 12, CREATE),
        /** The element, which must be there, is taken out. */
        DELETE((short) 14, (short) 0);

        private final short kind;
        private final short flags;

        Change(short kind, short flags) {
            this.kind = kind;
            this.flags = flags;
        }
    }
}
