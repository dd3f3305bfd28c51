package org.edgesentry.core.detect;

import org.edgesentry.core.hash.AddressHashes;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.probe.DistributedScan;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * What contacts tell when those of all sources are seen together: scans that many sources share, and decoys. Where
 * they come faster than a network of scanners sends them, as in a flood, those of a {@link FairSample} stand for all.
 *
 * <p>Thread: pipeline only; allocates when it reports only.
 */
public final class Crowd {

    private final FairSample sample = new FairSample(Limits.CROWD_CONTACTS_PER_SECOND);
    private final AddressHashes hashes;
    private final Coordination coordination;
    private final Lookalikes lookalikes = new Lookalikes();

    /** Knows of nobody yet. */
    public Crowd(AddressHashes hashes) {
        this.hashes = hashes;
        this.coordination = new Coordination(hashes);
    }

    /** Takes in a contact, whatever becomes of it. */
    public void meet(ProbeEvent event) {
        long source = address(event.family, event.sourceHi, event.sourceLo);
        if (!sample.takes(source, event.epochNanos)) {
            return;
        }
        long target = address(event.family, event.destinationHi, event.destinationLo);
        long contact = SipHash.derive(target, (long) event.protocol << 16 | event.destinationPort);
        lookalikes.note(source, contact, event.sourcePort, event.epochNanos);
    }

    /** How many other sources send the same as this one, as far as is known by now. */
    public int lookalikes(int family, long sourceHi, long sourceLo) {
        return lookalikes.of(address(family, sourceHi, sourceLo));
    }

    private long address(int family, long hi, long lo) {
        return hashes.hash(hi, AddressFamily.commonLo(family, lo));
    }

    /** A distinct contact has failed; a scan that is to be reported now, else null. Only ports are shared out. */
    public DistributedScan fail(long contact, int family, long targetHi, long targetLo, long sourceHi, long sourceLo,
                                long epochNanos) {
        if (!Contact.isOfPort(contact) || !sample.holds(address(family, sourceHi, sourceLo))) {
            return null;
        }
        return coordination.note(Contact.transport(Contact.type(contact)), Contact.port(contact), family, targetHi,
                targetLo, sourceHi, sourceLo, epochNanos);
    }

    /** A scan that is to be reported by now, else null. */
    public DistributedScan due(long epochNanos) {
        return coordination.due(epochNanos);
    }

    /** No more packets come: a scan that is to be reported, null when there is none left. */
    public DistributedScan atEnd() {
        return coordination.atEnd();
    }
}
