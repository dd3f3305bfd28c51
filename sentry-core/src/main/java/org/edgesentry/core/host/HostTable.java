package org.edgesentry.core.host;

import org.edgesentry.core.detect.Contact;
import org.edgesentry.core.detect.Evidence;
import org.edgesentry.core.hash.SipHash;

/**
 * Remembers hosts that probed: a bounded table of primitive arrays with one writer.
 *
 * <p><b>Assumptions.</b> Source addresses are chosen by an attacker and may be forged, a million of them in seconds.
 * Few hosts scan for real, and those send more than one packet.
 *
 * <p><b>Guarantees.</b> Memory is bounded (see {@link org.edgesentry.core.limits.Limits}) and grows only as hosts come.
 * A look-up costs two cache misses: the bucket ({@link HostIndex}) and the row ({@link HostRows}); where packets wait,
 * those of many are fetched at once ({@link Foresight}). Buckets are chosen by a hash with a secret key, so nobody can
 * aim at one. When the table is full, the least telling host goes first ({@link RowRing}, then
 * {@link SlotOrder}); a host with one packet owns nothing but its row, so forged sources never reach the
 * {@link PortMemory} of those that came twice, and those that do come twice get there by {@link SlotLottery} only.
 * Nothing is allocated but the chunks that hold more hosts.
 *
 * <p>Rows are plain numbers; a row is good until {@link #remove} or the next {@link #add}.
 *
 * <p>Thread: pipeline only.
 */
final class HostTable {

    private final HostRows rows;
    private final HostIndex index;
    private final RowRing ring;
    private final SlotOrder slots;
    private final PortMemory ports;
    private final Evidence evidence;
    private final Foresight foresight;
    private final SlotLottery lottery;
    private long evicted;

    HostTable(int maxHosts, int maxHostsWithPorts, SipHash hash) {
        this.rows = new HostRows(maxHosts);
        this.ring = new RowRing(maxHosts);
        this.index = new HostIndex(rows, ring, maxHosts);
        this.slots = new SlotOrder(maxHostsWithPorts);
        this.ports = new PortMemory(maxHostsWithPorts);
        this.evidence = new Evidence(maxHostsWithPorts, hash);
        this.foresight = new Foresight(rows, index, ring, slots, ports, evidence);
        this.lottery = new SlotLottery(hash);
    }

    /** The row of an address with this hash, or {@link HostRows#NONE}. */
    int find(long hash, long hi, long lo) {
        return index.find(hash, hi, lo);
    }

    /** Packets with hosts of these hashes come next. */
    void foresee(long[] hashes, int count) {
        foresight.look(hashes, count);
    }

    /** A new host with one contact, if need be in the place of another. */
    int add(long hash, long hi, long lo, long firstContact, long nowNanos) {
        int row = freeRow();
        index.makeRoom();
        rows.open(row);
        rows.set(row, HostRows.ADDRESS_HI, hi);
        rows.set(row, HostRows.ADDRESS_LO, lo);
        rows.set(row, HostRows.FIRST_NANOS, nowNanos);
        rows.set(row, HostRows.LAST_NANOS, nowNanos);
        rows.set(row, HostRows.STATE, 0);
        rows.set(row, HostRows.PORTS, firstContact);
        rows.set(row, HostRows.HASH_AND_HITS, hash << Integer.SIZE);
        index.add(row);
        ring.take(row);
        return row;
    }

    private int freeRow() {
        int row = ring.advance();
        if (row == HostRows.NONE) {
            evict(rowOf(slots.victim()));
            row = ring.advance();
        } else if (ring.isTaken(row)) {
            evict(row);
        }
        return row;
    }

    void remove(int row) {
        index.remove(row);
        if (HostState.hasPorts(state(row))) {
            int slot = slot(row);
            slots.remove(slot, HostState.level(state(row)));
            evidence.end(slot);
            ports.giveBack(slot);
        }
        ring.release(row);
    }

    /** The time of a further probe; a clock that steps back does not make a host look older. */
    void touch(int row, long nowNanos) {
        long last = lastNanos(row);
        if (nowNanos > last) {
            if (HostState.hasPorts(state(row))) {
                slots.touch(slot(row), HostState.level(state(row)), last, nowNanos);
            }
            rows.set(row, HostRows.LAST_NANOS, nowNanos);
        }
    }

    /** Whether a host that comes again has its port memory, or may have one now: see {@link SlotLottery}. */
    boolean hasSlotFor(int row, long nowNanos) {
        return HostState.hasPorts(state(row)) || !ports.areAllTaken()
                || lottery.grants(lastNanos(ports.hostRow(slots.victim())), nowNanos);
    }

    /** Gives a host that came twice its port memory, taking it from the least telling other host if none is left. */
    int openSlot(int row) {
        int slot = ports.take(row);
        if (slot == PortMemory.NONE) {
            evict(ports.hostRow(slots.victim()));
            slot = ports.take(row);
        }
        ring.seat(row);
        evidence.begin(slot, firstContact(row), firstNanos(row));
        rows.set(row, HostRows.PORTS, (long) slot << 32);
        setState(row, HostState.withLevel(HostState.withPorts(state(row)), 1));
        slots.add(slot, 1);
        return slot;
    }

    /** Moves a host with a slot to the level that its number of distinct ports earns. */
    void raiseForPorts(int row, int distinctPorts) {
        int state = state(row);
        int level = Math.min(HostState.LEVELS - 1, 32 - Integer.numberOfLeadingZeros(distinctPorts));
        if (level > HostState.level(state)) {
            slots.remove(slot(row), HostState.level(state));
            setState(row, HostState.withLevel(state, level));
            slots.add(slot(row), level);
        }
    }

    private void evict(int row) {
        remove(row);
        evicted++;
    }

    /** The longest silent host of a level of those with slots, or {@link HostRows#NONE}. */
    int oldest(int level) {
        return rowOf(slots.oldest(level));
    }

    /** The first host without a slot from this row on, up to the last row, or {@link HostRows#NONE}. */
    int newcomerFrom(int row) {
        return ring.newcomerFrom(row);
    }

    /** The last seen host of a level, give or take a second, or {@link HostRows#NONE}. */
    int newest(int level) {
        return level == 0 ? ring.newest() : rowOf(slots.newest(level));
    }

    /** The next older host of the same level, or {@link HostRows#NONE}. */
    int older(int row) {
        return HostState.hasPorts(state(row)) ? rowOf(slots.older(slot(row))) : ring.older(row);
    }

    private int rowOf(int slot) {
        return slot == SlotOrder.NONE ? HostRows.NONE : ports.hostRow(slot);
    }

    int size() {
        return ring.size();
    }

    long evicted() {
        return evicted;
    }

    Evidence evidence() {
        return evidence;
    }

    PortMemory ports() {
        return ports;
    }

    int slot(int row) {
        return rows.high(row, HostRows.PORTS);
    }

    long addressHi(int row) {
        return rows.get(row, HostRows.ADDRESS_HI);
    }

    long addressLo(int row) {
        return rows.get(row, HostRows.ADDRESS_LO);
    }

    long firstNanos(int row) {
        return rows.get(row, HostRows.FIRST_NANOS);
    }

    long lastNanos(int row) {
        return rows.get(row, HostRows.LAST_NANOS);
    }

    int hits(int row) {
        return rows.low(row, HostRows.HASH_AND_HITS);
    }

    void setHits(int row, int hits) {
        rows.setLow(row, HostRows.HASH_AND_HITS, hits);
    }

    /** The one contact of a host without a slot, as {@link Contact} packs it. */
    long firstContact(int row) {
        return rows.get(row, HostRows.PORTS);
    }

    void setFirstContact(int row, long contact) {
        rows.set(row, HostRows.PORTS, contact);
    }

    int state(int row) {
        return (int) rows.get(row, HostRows.STATE) & 0xFFFF;
    }

    void setState(int row, int state) {
        rows.set(row, HostRows.STATE, rows.get(row, HostRows.STATE) & ~0xFFFFL | state);
    }

    /** While pending: when to ask again; while blocked: when the block ends. Epoch milliseconds. */
    long blockMillis(int row) {
        return rows.get(row, HostRows.STATE) >>> 16;
    }

    void setBlockMillis(int row, long epochMillis) {
        rows.set(row, HostRows.STATE, epochMillis << 16 | state(row));
    }
}
