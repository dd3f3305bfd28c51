package org.edgesentry.core.detect;

import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.probe.DistributedScan;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * What contacts tell when those of all sources are seen together: scans that many sources share, and decoys.
 *
 * <p>Thread: pipeline only; allocates when it reports only.
 */
public final class Crowd {

    private final SipHash hash;
    private final Coordination coordination;
    private final Lookalikes lookalikes = new Lookalikes();

    /** Knows of nobody yet. */
    public Crowd(SipHash hash) {
        this.hash = hash;
        this.coordination = new Coordination(hash);
    }

    /** Takes in a contact, whatever becomes of it; how many other sources send the same as this one. */
    public int meet(ProbeEvent event) {
        long target = hash.hash(event.destinationHi,
                AddressFamily.commonLo(event.family, event.destinationLo));
        return lookalikes.note(hash.hash(event.sourceHi, AddressFamily.commonLo(event.family, event.sourceLo)),
                hash.hash(target, (long) event.protocol << 16 | event.destinationPort), event.sourcePort,
                event.epochNanos);
    }

    /** A distinct contact has failed; a scan that is to be reported now, else null. */
    public DistributedScan fail(long contact, int family, long targetHi, long targetLo, long sourceHi, long sourceLo,
                                long epochNanos) {
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
