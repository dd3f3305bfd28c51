package org.edgesentry.core.host;

/**
 * The hosts themselves: one row of seven longs per host, in chunks that are made when they are
 * first needed, so that a quiet machine does not pay for a million hosts.
 *
 * <pre>
 *   0  address, upper half
 *   1  address, lower half (IPv4: as IPv4-mapped IPv6)
 *   2  last probe, epoch nanoseconds
 *   3  first probe, epoch nanoseconds
 *   4  hash of the address (32), see {@link HostIndex} | hits (32)
 *   5  block time, epoch milliseconds (48)   | state bits (16), see {@link HostState}
 *   6  slot in {@link PortMemory} (32)       | first contact: while the host has no slot
 * </pre>
 *
 * <p>Thread: pipeline only.
 */
final class HostRows {

    static final int NONE = -1;

    static final int ADDRESS_HI = 0;
    static final int ADDRESS_LO = 1;
    static final int LAST_NANOS = 2;
    static final int FIRST_NANOS = 3;
    static final int HASH_AND_HITS = 4;
    static final int STATE = 5;
    static final int PORTS = 6;

    private static final int LONGS_PER_ROW = 7;
    private static final int CHUNK_BITS = 12;
    private static final int ROW_MASK = (1 << CHUNK_BITS) - 1;

    private final long[][] chunks;

    HostRows(int capacity) {
        this.chunks = new long[(capacity + ROW_MASK) >>> CHUNK_BITS][];
    }

    /** The row is about to be filled. */
    void open(int row) {
        if (chunks[row >>> CHUNK_BITS] == null) {
            chunks[row >>> CHUNK_BITS] = new long[LONGS_PER_ROW * (ROW_MASK + 1)];
        }
    }

    /** The 32 bits that are kept of the hash of the row's address. */
    int hash(int row) {
        return high(row, HASH_AND_HITS);
    }

    long get(int row, int field) {
        return chunks[row >>> CHUNK_BITS][(row & ROW_MASK) * LONGS_PER_ROW + field];
    }

    void set(int row, int field, long value) {
        chunks[row >>> CHUNK_BITS][(row & ROW_MASK) * LONGS_PER_ROW + field] = value;
    }

    int high(int row, int field) {
        return (int) (get(row, field) >>> 32);
    }

    int low(int row, int field) {
        return (int) get(row, field);
    }

    void setHigh(int row, int field, int value) {
        set(row, field, (long) value << 32 | get(row, field) & 0xFFFF_FFFFL);
    }

    void setLow(int row, int field, int value) {
        set(row, field, get(row, field) & 0xFFFF_FFFF_0000_0000L | Integer.toUnsignedLong(value));
    }
}
