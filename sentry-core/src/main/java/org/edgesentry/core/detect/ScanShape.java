package org.edgesentry.core.detect;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.ScanKind;
import org.edgesentry.core.probe.ScanType;
import org.edgesentry.core.probe.ScanVerdict;

/**
 * Decides whether the evidence against a source is enough, and tells from its contacts what shape its scan has. Looks
 * at the remembered contacts, which are all of them at first and the last ones later.
 *
 * <p>Thread: pipeline only; allocates nothing.
 */
public final class ScanShape {

    /**
     * Failed first contacts, less those that were served, that make a scan. Four are the 99 % of Jung et al. with its
     * parameters; one more, since home networks have a dead host or two that honest programs look for.
     */
    private static final float ENOUGH = 5;
    /** What evidence may have lost while it was gathered: five contacts within an hour or two are five. */
    private static final float FADED = 0.1f;
    /** What two packets in the name of a peer that home turned to do not reach: it is too easily framed. */
    private static final float LEAST = 1;
    /** Kinds of probes of which one alone is a fault of somebody, and two are a tool that tells systems apart. */
    private static final int TELLING_PROBES = 2;
    /** Distinct ports of a vertical scan, distinct hosts of a horizontal one. */
    private static final int SEVERAL = 4;
    /** Fewer will do for ICMP and IP protocols, where little else is asked. */
    private static final int SOME = 3;
    /** A person waits less, and a scanner of usual speed much less. */
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Evidence evidence;
    private int ports;
    private int hosts;
    private int icmp;
    private int protocols;
    private int transports;
    private int port;

    /** A judge of these sources. */
    public ScanShape(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Whether the source is known to scan now. */
    public boolean isScan(int slot) {
        float known = evidence.evidence(slot);
        return known + FADED >= ENOUGH || known >= LEAST && isFingerprinting(slot);
    }

    private boolean isFingerprinting(int slot) {
        return fingerprints(evidence.techniques(slot)) >= TELLING_PROBES;
    }

    /** Packets of kinds that only tools for telling operating systems apart send together. */
    private static int fingerprints(int techniques) {
        int tellTogether = ScanType.TCP_NULL.bit() | ScanType.TCP_XMAS.bit() | ScanType.TCP_UNKNOWN.bit();
        int icmpQuestions = ScanType.ICMP_TIMESTAMP.bit() | ScanType.ICMP_MASK.bit() | ScanType.ICMP_INFORMATION.bit();
        int flags = Integer.bitCount(techniques & tellTogether);
        int questions = Integer.bitCount(techniques & icmpQuestions);
        int alone = Integer.bitCount(techniques & ScanType.OS_FINGERPRINT.bit());
        return Math.max(flags, questions) + alone;
    }

    /** Writes shape and figures into the verdict; the address is the caller's. */
    public void describe(int slot, int trigger, ScanVerdict verdict) {
        measure(slot);
        verdict.techniques = evidence.techniques(slot);
        verdict.kinds = kinds(slot, Math.max(1, trigger));
        verdict.oddFlags = evidence.oddFlags(slot);
        verdict.packets = evidence.packets(slot);
        verdict.ports = evidence.ports(slot, ports);
        verdict.estimated = evidence.isSketched(slot);
        verdict.protocols = protocols;
        verdict.hosts = evidence.hosts(slot, hosts);
        verdict.failed = evidence.distinctOf(slot, evidence.failed(slot));
        verdict.served = evidence.distinctOf(slot, evidence.served(slot));
        verdict.left = evidence.distinctOf(slot, evidence.left(slot));
        verdict.port = verdict.ports == 1 ? port : 0;
        verdict.firstNanos = evidence.firstNanos(slot);
        verdict.lastNanos = evidence.lastNanos(slot);
        verdict.evidence = evidence.evidence(slot);
        verdict.proven = evidence.isProven(slot);
        verdict.lookalikes = evidence.lookalikes(slot);
        verdict.sourcePort = evidence.sourcePort(slot);
    }

    private int kinds(int slot, int trigger) {
        int kinds = 0;
        if (protocols >= SOME) {
            kinds |= ScanKind.IP_PROTOCOL.bit();
        }
        if (icmp >= SOME && icmp >= transports) {
            kinds |= ScanKind.ICMP_SWEEP.bit();
        }
        if (isFingerprinting(slot)) {
            kinds |= ScanKind.OS_PROBE.bit();
        }
        boolean nothingElse = kinds == 0 && ports < SEVERAL;
        if (transports > 0 && (hosts >= SEVERAL || nothingElse && hosts > ports)) {
            kinds |= ScanKind.HORIZONTAL.bit();
        }
        if (ports >= SEVERAL || kinds == 0) {
            kinds |= ScanKind.VERTICAL.bit();
        }
        if (evidence.trapsFailed(slot) >= trigger) {
            kinds |= ScanKind.TRAP.bit();
        }
        return isSlow(slot) ? kinds | ScanKind.SLOW.bit() : kinds;
    }

    private boolean isSlow(int slot) {
        int gaps = Math.max(1, evidence.distinct(slot) - 1);
        return (evidence.lastNanos(slot) - evidence.firstNanos(slot)) / gaps >= SLOW_NANOS;
    }

    /** Counts what is distinct, each contact against those before it: at most 32 of them, and only for a verdict. */
    private void measure(int slot) {
        ports = 0;
        hosts = 0;
        icmp = 0;
        protocols = 0;
        transports = 0;
        int count = evidence.contacts(slot);
        for (int place = 0; place < count; place++) {
            long contact = evidence.contact(slot, place);
            if (isFirst(slot, place, contact, true)) {
                hosts++;
            }
            countByTransport(contact, isFirst(slot, place, contact, false));
        }
    }

    private void countByTransport(long contact, boolean newPort) {
        int transport = Contact.transport(Contact.type(contact));
        if (transport == IpProtocol.ICMP) {
            icmp++;
        } else if (transport == 0) {
            protocols += newPort ? 1 : 0;
        } else {
            transports++;
            port = Contact.port(contact);
            ports += newPort && Contact.isOfPort(contact) ? 1 : 0;
        }
    }

    private boolean isFirst(int slot, int place, long contact, boolean byHost) {
        for (int before = 0; before < place; before++) {
            long other = evidence.contact(slot, before);
            boolean same = byHost ? Contact.host(other) == Contact.host(contact)
                    : Contact.portKey(other) == Contact.portKey(contact);
            if (same) {
                return false;
            }
        }
        return true;
    }
}
