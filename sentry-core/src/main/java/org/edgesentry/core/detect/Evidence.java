package org.edgesentry.core.detect;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * What is known against and for the sources that came more than once: their contacts, one by one while they are few,
 * and the evidence that these add up to. Slots of longs, in chunks made when needed; the numbers of slots are given
 * out elsewhere.
 *
 * <pre>
 *   0      evidence, quarters of a contact, a float (32) | contacts remembered (8) | next to give way (8) | flags
 *   1      when the evidence was last added to, epoch nanoseconds
 *   2      packets of contacts
 *   3      time of the first contact, epoch nanoseconds
 *   4      time of the last
 *   5      {@link Techniques}
 *   6      {@link OutcomeCounts}
 *   7      distinct contacts (32) | failed contacts of traps (16) | lookalikes (16)
 *   8      sketches of contacts, ports and hosts, once they are more than are remembered (16 | 16 | 16)
 *   9-10   the address that was named: a source may be a whole prefix
 *   11-42  a contact each, see {@link Contact}
 * </pre>
 *
 * <p>Thread: pipeline only.
 */
public final class Evidence {

    /** No place. */
    public static final int NONE = -1;

    private static final int HEAD = 0;
    private static final int ADDED_NANOS = 1;
    private static final int PACKETS = 2;
    private static final int FIRST_NANOS = 3;
    private static final int LAST_NANOS = 4;
    private static final int TECHNIQUES = 5;
    private static final int OUTCOMES = 6;
    private static final int COUNTS = 7;
    private static final int SKETCHES = 8;
    private static final int NAMED_HI = 9;
    private static final int NAMED_LO = 10;
    private static final int CONTACTS = 11;
    private static final int LONGS_PER_SLOT = CONTACTS + Limits.CONTACTS_PER_HOST;

    private static final int COUNT_SHIFT = 24;
    private static final int CURSOR_SHIFT = 16;
    private static final long JUDGED = 1L;
    private static final long PROVEN = 1L << 1;

    /** Of so many distinct contacts the sketch misses hardly any. */
    private static final int SKETCHED_WELL = 256;
    private static final long FADES_EACH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int CHUNK_BITS = 9;
    private static final int SLOT_MASK = (1 << CHUNK_BITS) - 1;

    private final long[][] chunks;
    private final ContactSketches sketches;
    private double halfLifeNanos;

    /** No slots yet, at most so many. */
    public Evidence(int capacity, SipHash hash) {
        this.sketches = new ContactSketches(hash);
        this.chunks = new long[(capacity + SLOT_MASK) >>> CHUNK_BITS][];
    }

    /** From now on evidence loses half of its weight in so many nanoseconds. */
    public void halveIn(long nanos) {
        halfLifeNanos = nanos;
    }

    /** Begins a slot with the source's first contact. */
    public void begin(int slot, long first, long firstNanos) {
        if (chunks[slot >>> CHUNK_BITS] == null) {
            chunks[slot >>> CHUNK_BITS] = new long[LONGS_PER_SLOT << CHUNK_BITS];
        }
        for (int field = HEAD; field < CONTACTS; field++) {
            set(slot, field, 0);
        }
        set(slot, ADDED_NANOS, firstNanos);
        set(slot, FIRST_NANOS, firstNanos);
        set(slot, LAST_NANOS, firstNanos);
        set(slot, PACKETS, 1);
        set(slot, TECHNIQUES, Techniques.of(Contact.type(first)));
        int place = remember(slot, Contact.with(first, Outcome.PENDING));
        setFlag(slot, Contact.isProof(first) ? PROVEN : 0);
        if (Contact.outcome(first) != Outcome.PENDING) {
            settle(slot, place, Contact.outcome(first), firstNanos);
        }
    }

    /** A look at the slot, for the cache's sake. */
    public long look(int slot) {
        return chunks[slot >>> CHUNK_BITS] == null ? 0 : get(slot, HEAD) + get(slot, SKETCHES);
    }

    /** Ends a slot, before it is given to another source. */
    public void end(int slot) {
        sketches.end(get(slot, SKETCHES));
        set(slot, SKETCHES, ContactSketches.NONE);
    }

    /**
     * Counts a packet of a contact; the contact's place, which may be a new one. {@link #NONE} when the contact is not
     * remembered but not new either: it was forgotten among many others, and counts no more.
     */
    public int note(int slot, long contact, ProbeEvent event) {
        boolean soon = event.epochNanos - lastNanos(slot) < SOON_NANOS;
        set(slot, PACKETS, packets(slot) + 1);
        set(slot, FIRST_NANOS, Math.min(firstNanos(slot), event.epochNanos));
        set(slot, LAST_NANOS, Math.max(lastNanos(slot), event.epochNanos));
        set(slot, TECHNIQUES, Techniques.with(get(slot, TECHNIQUES), event));
        int place = find(slot, contact);
        boolean forgotten = place == NONE && sketches.hold(get(slot, SKETCHES), contact);
        if (place != NONE || forgotten) {
            return place;
        }
        long open = Contact.with(contact, Outcome.PENDING);
        return remember(slot, soon ? Contact.soon(open) : open);
    }

    private int remember(int slot, long contact) {
        int count = contacts(slot);
        int place = count;
        if (count < Limits.CONTACTS_PER_HOST) {
            setHeadByte(slot, COUNT_SHIFT, count + 1);
        } else {
            place = headByte(slot, CURSOR_SHIFT);
            setHeadByte(slot, CURSOR_SHIFT, (place + 1) % Limits.CONTACTS_PER_HOST);
        }
        set(slot, CONTACTS + place, contact);
        set(slot, COUNTS, get(slot, COUNTS) + (1L << 32));
        if (count == Limits.CONTACTS_PER_HOST) {
            sketch(slot, contact);
        }
        return place;
    }

    /** From the contact on that is one too many to be remembered, all are sketched. */
    private void sketch(int slot, long contact) {
        if (get(slot, SKETCHES) == ContactSketches.NONE) {
            set(slot, SKETCHES, sketches.begin());
            for (int place = 0; place < Limits.CONTACTS_PER_HOST; place++) {
                sketches.add(get(slot, SKETCHES), contact(slot, place));
            }
        }
        sketches.add(get(slot, SKETCHES), contact);
    }

    /**
     * So many settled contacts as a part of all distinct ones. When they are very many, the sketch that tells new ones
     * from old misses most of the new ones, but the shares of the outcomes stay.
     */
    int distinctOf(int slot, int settled) {
        int all = failed(slot) + served(slot) + left(slot);
        return all < SKETCHED_WELL ? settled
                : (int) ((long) sketches.contacts(get(slot, SKETCHES), all) * settled / all);
    }

    /** Whether ports and hosts are estimates. */
    boolean isSketched(int slot) {
        return get(slot, SKETCHES) != ContactSketches.NONE;
    }

    /** How many distinct ports there were: those at hand, or what the sketch says, if there is one. */
    int ports(int slot, int remembered) {
        return sketches.ports(get(slot, SKETCHES), remembered);
    }

    /** How many distinct hosts there were, likewise. */
    int hosts(int slot, int remembered) {
        return sketches.hosts(get(slot, SKETCHES), remembered);
    }

    /** Where a contact stands among the remembered ones, or {@link #NONE}. */
    public int find(int slot, long contact) {
        int count = contacts(slot);
        for (int place = 0; place < count; place++) {
            if (Contact.isSame(contact(slot, place), contact)) {
                return place;
            }
        }
        return NONE;
    }

    /**
     * A contact has come to an end. The first outcome counts, but for service: a service that answers at last makes
     * good what failed before.
     *
     * @return whether the contact has failed now, for the first time
     */
    public boolean settle(int slot, int place, Outcome outcome, long epochNanos) {
        long contact = contact(slot, place);
        Outcome before = Contact.outcome(contact);
        boolean madeGood = before == Outcome.FAILED && outcome != Outcome.FAILED;
        if (before != Outcome.PENDING && !madeGood) {
            return false;
        }
        boolean tells = Telling.tells(this, slot, place, outcome);
        set(slot, CONTACTS + place, Contact.with(contact, outcome));
        if (madeGood) {
            set(slot, OUTCOMES, OutcomeCounts.minusOneFailed(get(slot, OUTCOMES)));
            countTrap(slot, contact, -1);
            add(slot, -Weight.ofFailure(contact), epochNanos);
        }
        count(slot, contact, outcome);
        add(slot, tells ? weight(contact, outcome) : 0, epochNanos);
        return outcome == Outcome.FAILED;
    }

    /**
     * A contact has come to an end that is remembered no more, since the source has gone on too fast: it counts as one
     * of its own.
     *
     * @return whether it has failed
     */
    public boolean settleForgotten(int slot, long contact, long epochNanos) {
        Outcome outcome = Contact.outcome(contact);
        count(slot, contact, outcome);
        add(slot, weight(contact, outcome), epochNanos);
        return outcome == Outcome.FAILED;
    }

    private static int weight(long contact, Outcome outcome) {
        return switch (outcome) {
            case FAILED -> Weight.ofFailure(contact);
            case SERVED -> -Weight.ofService(contact);
            case NEUTRAL -> Weight.ofNeutral(contact);
            case PENDING -> 0;
        };
    }

    private void count(int slot, long contact, Outcome outcome) {
        set(slot, OUTCOMES, OutcomeCounts.plusOne(get(slot, OUTCOMES), outcome));
        countTrap(slot, contact, outcome == Outcome.FAILED ? 1 : 0);
    }

    private void countTrap(int slot, long contact, int by) {
        if (Contact.isTrap(contact) && trapsFailed(slot) < 0x7FFF) {
            set(slot, COUNTS, get(slot, COUNTS) + ((long) by << 16));
        }
    }

    private void add(int slot, int quarters, long epochNanos) {
        long sinceNanos = epochNanos - get(slot, ADDED_NANOS);
        double left = quarters(slot);
        // In less, it fades by less than a part in 80,000, and the power costs more than all else here.
        if (sinceNanos >= FADES_EACH_NANOS) {
            left *= Math.pow(0.5, sinceNanos / halfLifeNanos);
            set(slot, ADDED_NANOS, epochNanos);
        }
        setQuarters(slot, (float) Math.max(0, left + quarters));
    }

    /** The evidence, in failed first contacts. */
    public float evidence(int slot) {
        return quarters(slot) / Weight.ONE;
    }

    private float quarters(int slot) {
        return Float.intBitsToFloat((int) (get(slot, HEAD) >>> 32));
    }

    private void setQuarters(int slot, float quarters) {
        set(slot, HEAD, (long) Float.floatToRawIntBits(quarters) << 32 | get(slot, HEAD) & 0xFFFF_FFFFL);
    }

    /** How many contacts are remembered, at most {@link Limits#CONTACTS_PER_HOST}. */
    public int contacts(int slot) {
        return headByte(slot, COUNT_SHIFT);
    }

    /** The contact at a place. */
    public long contact(int slot, int place) {
        return get(slot, CONTACTS + place);
    }

    /** How many distinct contacts there were; those that were forgotten in between count again. */
    public int distinct(int slot) {
        return (int) (get(slot, COUNTS) >>> 32);
    }

    /** Contacts that have failed. */
    public int failed(int slot) {
        return OutcomeCounts.failed(get(slot, OUTCOMES));
    }

    int served(int slot) {
        return OutcomeCounts.served(get(slot, OUTCOMES));
    }

    int left(int slot) {
        return OutcomeCounts.left(get(slot, OUTCOMES));
    }

    int trapsFailed(int slot) {
        return (int) (get(slot, COUNTS) >>> 16) & 0xFFFF;
    }

    /** Other sources that send the same, as was last known. */
    public int lookalikes(int slot) {
        return (int) get(slot, COUNTS) & 0xFFFF;
    }

    /** Other sources were found to send the same. */
    public void setLookalikes(int slot, int lookalikes) {
        set(slot, COUNTS, get(slot, COUNTS) & ~0xFFFFL | Math.min(lookalikes, 0xFFFF));
    }

    long packets(int slot) {
        return get(slot, PACKETS);
    }

    long firstNanos(int slot) {
        return get(slot, FIRST_NANOS);
    }

    long lastNanos(int slot) {
        return get(slot, LAST_NANOS);
    }

    int techniques(int slot) {
        return Techniques.mask(get(slot, TECHNIQUES));
    }

    int oddFlags(int slot) {
        return Techniques.oddFlags(get(slot, TECHNIQUES));
    }

    int sourcePort(int slot) {
        return Techniques.sourcePort(get(slot, TECHNIQUES));
    }

    /** Whether the source was judged to scan. */
    public boolean isJudged(int slot) {
        return hasFlag(slot, JUDGED);
    }

    /** The source was judged to scan and is named by this address. */
    public void setJudged(int slot, long sourceHi, long sourceLo) {
        setFlag(slot, JUDGED);
        set(slot, NAMED_HI, sourceHi);
        set(slot, NAMED_LO, sourceLo);
    }

    /** The address by which a judged source was named, upper half. */
    public long namedHi(int slot) {
        return get(slot, NAMED_HI);
    }

    /** The same, lower half. */
    public long namedLo(int slot) {
        return get(slot, NAMED_LO);
    }

    boolean isProven(int slot) {
        return hasFlag(slot, PROVEN);
    }

    /** The source completed a handshake. */
    public void setProven(int slot) {
        setFlag(slot, PROVEN);
    }

    private boolean hasFlag(int slot, long flag) {
        return (get(slot, HEAD) & flag) != 0;
    }

    private void setFlag(int slot, long flag) {
        set(slot, HEAD, get(slot, HEAD) | flag);
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
