package org.edgesentry.core.detect;

/**
 * Finds decoy scans (nmap -D): one scanner sends each probe once under its own address and once under each of several
 * forged ones. The answer to "who scans" is then that one of these does, and nobody can say which.
 *
 * <p><b>What decoys look like</b> (nmap 7.93, -sS and -sU, with retries, -T2 to -T4, fixed and random decoys): for each
 * probe one packet from each source, in the same order every time, 5 to 50 microseconds from one to the next; the same
 * source port, TCP sequence number, window and IP identification; the TTL drawn at random for each packet. The next
 * probe begins when the last source has had its turn. Retries use another source port, again one for all.
 *
 * <p><b>How they are found.</b> The first source of a contact (host, protocol, port) leads it. Each source remembers
 * the one leader that most of its contacts had just before: a majority vote (Boyer and Moore 1981), up by one for
 * a contact behind that leader, down by one for a contact that somebody else led. With {@value #ENOUGH} votes and
 * {@value #ENOUGH} different contacts in common, it follows its leader, and all who follow the same leader look alike.
 * So two scanners who work through the same popular ports minutes apart have nothing in common, two who hammer one host
 * at the same time meet by chance in few of their contacts, clients of one service meet in one contact however often
 * they try, and the sources of a flood do not come again.
 *
 * <p>Decoys that are caught here are unproven, and so is the scanner among them. Two real scanners who act in lockstep
 * look the same; nothing in their packets says otherwise.
 *
 * <p>A packet that is lost or overtaken on its way costs a vote. Time may step back: what is then out of reach counts
 * as not seen.
 *
 * <p>Memory: 0.3 MB. Thread: pipeline only; allocates nothing once made.
 */
public final class Lookalikes {

    /** Contacts in common: one less than the failures that judge a source, so that the first verdict knows of it. */
    static final int ENOUGH = 4;

    /** So a change of leader is noticed within as many contacts. */
    private static final int MOST_VOTES = 16;

    private final RecentContacts contacts = new RecentContacts();
    private final ComparedSources sources = new ComparedSources();

    /**
     * Takes down a contact.
     *
     * @param source fingerprint of the source, from a keyed hash
     * @param contact fingerprint of destination, protocol and destination port, from a keyed hash
     * @param sourcePort source port, 0 where the protocol has none
     * @param epochNanos when it was made
     * @return how many other sources send the same probes, as far as is known; mostly 0
     */
    public int note(long source, long contact, int sourcePort, long epochNanos) {
        int place = sources.place(source, epochNanos);
        long leader = contacts.leader(contact, source, sourcePort, epochNanos);
        if (leader != sources.leaders[place] || sources.votes[place] == 0) {
            voteAgainst(place, source, leader);
        }
        if (leader != source && leader == sources.leaders[place]) {
            voteFor(place, contact);
        }
        return lookalikes(place);
    }

    /** How many other sources send the same probes as this one, as far as is known. */
    public int of(long source) {
        int place = sources.find(source);
        return place == ComparedSources.NONE ? 0 : lookalikes(place);
    }

    private void voteAgainst(int place, long source, long leader) {
        if (sources.votes[place] > 0) {
            sources.votes[place]--;
        }
        if (sources.votes[place] == 0) {
            sources.leave(place);
            sources.leaders[place] = leader == source ? 0 : leader;
        }
    }

    private void voteFor(int place, long contact) {
        sources.votes[place] = Math.min(sources.votes[place] + 1, MOST_VOTES);
        sources.common[place] |= 1L << (contact >>> Long.SIZE - 6);
        if (!sources.following[place] && sources.votes[place] >= ENOUGH
                && Long.bitCount(sources.common[place]) >= ENOUGH) {
            sources.join(place);
        }
    }

    private int lookalikes(int place) {
        if (!sources.following[place]) {
            return sources.followers[place];
        }
        int leader = sources.find(sources.leaders[place]);
        return leader == ComparedSources.NONE ? 1 : Math.max(1, sources.followers[leader]);
    }
}
