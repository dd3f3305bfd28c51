package org.edgesentry.core.host;

import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.probe.ScanType;

/**
 * What is remembered about the ports of a host that probed more than once, in slots of 37 longs made in chunks when
 * needed.
 *
 * <pre>
 *   0      host row (32) | ports remembered (8) | next port to give way (8) | lines of this scan (8) | queued (1)
 *   1      probes since the first
 *   2      probes without a line since the last closing line
 *   3      lower half of the address that probed last (an IPv6 host is a whole prefix)
 *   4      masks of this scan: techniques seen (32) | remembered ports that had a line (32)
 *   5-36   a port each: protocol (8) | port (16), then the identity of its last probe (32)
 * </pre>
 *
 * <p>Thread: pipeline only.
 */
final class PortMemory {

    static final int NONE = -1;

    private static final int HEAD = 0;
    private static final int PROBES = 1;
    private static final int FOLDED = 2;
    private static final int LAST_LO = 3;
    private static final int REPORTED = 4;
    private static final int PORTS = 5;
    private static final int LONGS_PER_SLOT = PORTS + Limits.PORTS_PER_HOST;

    private static final int COUNT_SHIFT = 24;
    private static final int CURSOR_SHIFT = 16;
    private static final int LINES_SHIFT = 8;
    private static final long QUEUED = 1L;
    private static final long TECHNIQUES = 0xFFFF_FFFFL << Integer.SIZE;

    private static final int CHUNK_BITS = 9;
    private static final int SLOT_MASK = (1 << CHUNK_BITS) - 1;

    private final long[][] chunks;
    private final int capacity;
    private final FoldedRest rest = new FoldedRest();
    private int everUsed;
    private int firstFree = NONE;

    PortMemory(int capacity) {
        this.capacity = capacity;
        this.chunks = new long[(capacity + SLOT_MASK) >>> CHUNK_BITS][];
    }

    /** A cleared slot for the host, or {@link #NONE} when all are taken. */
    int take(int hostRow) {
        int slot = firstFree;
        if (slot != NONE) {
            firstFree = (int) get(slot, PROBES);
        } else if (everUsed < capacity) {
            slot = everUsed++;
            if (chunks[slot >>> CHUNK_BITS] == null) {
                chunks[slot >>> CHUNK_BITS] = new long[LONGS_PER_SLOT << CHUNK_BITS];
            }
        } else {
            return NONE;
        }
        set(slot, HEAD, (long) hostRow << 32 | get(slot, HEAD) & QUEUED);
        set(slot, PROBES, 0);
        set(slot, FOLDED, 0);
        set(slot, REPORTED, 0);
        return slot;
    }

    /** Whether a host that needs a slot has to take another's. */
    boolean areAllTaken() {
        return everUsed == capacity && firstFree == NONE;
    }

    /** Probes without a line whose hosts had to go, or could get no closing line. */
    FoldedRest rest() {
        return rest;
    }

    /** The slot may still stand in the closing queue; its queue bit survives, so that it never stands there twice. */
    void giveBack(int slot) {
        if (folded(slot) > 0) {
            rest.add(folded(slot));
        }
        set(slot, HEAD, (long) HostRows.NONE << 32 | get(slot, HEAD) & QUEUED);
        set(slot, PROBES, firstFree);
        set(slot, FOLDED, 0);
        firstFree = slot;
    }

    /** Slots from 0 to below this have been in use. */
    int everUsed() {
        return everUsed;
    }

    int hostRow(int slot) {
        return (int) (get(slot, HEAD) >>> 32);
    }

    long probes(int slot) {
        return get(slot, PROBES);
    }

    void countProbe(int slot) {
        set(slot, PROBES, get(slot, PROBES) + 1);
    }

    void noteAddress(int slot, long addressLo) {
        set(slot, LAST_LO, addressLo);
    }

    long folded(int slot) {
        return get(slot, FOLDED);
    }

    void setFolded(int slot, long folded) {
        set(slot, FOLDED, folded);
    }

    long lastAddressLo(int slot) {
        return get(slot, LAST_LO);
    }

    boolean isQueued(int slot) {
        return (get(slot, HEAD) & QUEUED) != 0;
    }

    void setQueued(int slot, boolean queued) {
        set(slot, HEAD, queued ? get(slot, HEAD) | QUEUED : get(slot, HEAD) & ~QUEUED);
    }

    /** How many ports are remembered, at most {@link Limits#PORTS_PER_HOST}. */
    int portCount(int slot) {
        return headByte(slot, COUNT_SHIFT);
    }

    /** Protocol and port, as one number, that stand at this place. */
    int portKey(int slot, int place) {
        return (int) (get(slot, PORTS + place) >>> 32);
    }

    /** Where the port stands among the remembered ones, or {@link #NONE}. */
    int find(int slot, int portKey) {
        int count = portCount(slot);
        for (int i = 0; i < count; i++) {
            if (portKey(slot, i) == portKey) {
                return i;
            }
        }
        return NONE;
    }

    /** Remembers a port in place of the one that was remembered longest, once all places are taken. */
    int remember(int slot, int portKey, int identity) {
        int count = portCount(slot);
        int place = count;
        if (count < Limits.PORTS_PER_HOST) {
            setHeadByte(slot, COUNT_SHIFT, count + 1);
        } else {
            place = headByte(slot, CURSOR_SHIFT);
            setHeadByte(slot, CURSOR_SHIFT, (place + 1) % Limits.PORTS_PER_HOST);
            set(slot, REPORTED, get(slot, REPORTED) & ~(1L << place));
        }
        set(slot, PORTS + place, (long) portKey << 32 | Integer.toUnsignedLong(identity));
        return place;
    }

    int identity(int slot, int place) {
        return (int) get(slot, PORTS + place);
    }

    void setIdentity(int slot, int place, int identity) {
        long port = get(slot, PORTS + place) & 0xFFFF_FFFF_0000_0000L;
        set(slot, PORTS + place, port | Integer.toUnsignedLong(identity));
    }

    boolean isReported(int slot, int place) {
        return (get(slot, REPORTED) & 1L << place) != 0;
    }

    int linesOfThisScan(int slot) {
        return headByte(slot, LINES_SHIFT);
    }

    void countLine(int slot) {
        setHeadByte(slot, LINES_SHIFT, linesOfThisScan(slot) + 1);
    }

    void markReported(int slot, int place) {
        set(slot, REPORTED, get(slot, REPORTED) | 1L << place);
    }

    /** After a silence every port may have its line again. */
    void beginScan(int slot) {
        setHeadByte(slot, LINES_SHIFT, 0);
        set(slot, REPORTED, 0);
    }

    /** A technique that is new in this scan has lines of its own, as if the scan began with it. */
    void noteTechnique(int slot, ScanType technique) {
        long bit = 1L << Integer.SIZE + technique.ordinal();
        long techniques = get(slot, REPORTED) & TECHNIQUES;
        if ((techniques & bit) == 0) {
            if (techniques != 0) {
                beginScan(slot);
            }
            set(slot, REPORTED, get(slot, REPORTED) | techniques | bit);
        }
    }

    private int headByte(int slot, int shift) {
        return (int) (get(slot, HEAD) >>> shift) & 0xFF;
    }

    private void setHeadByte(int slot, int shift, int value) {
        set(slot, HEAD, get(slot, HEAD) & ~(0xFFL << shift) | (long) value << shift);
    }

    private long get(int slot, int field) {
        return chunks[slot >>> CHUNK_BITS][(slot & SLOT_MASK) * LONGS_PER_SLOT + field];
    }

    private void set(int slot, int field, long value) {
        chunks[slot >>> CHUNK_BITS][(slot & SLOT_MASK) * LONGS_PER_SLOT + field] = value;
    }
}
