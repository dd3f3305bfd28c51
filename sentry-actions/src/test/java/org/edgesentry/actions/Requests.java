package org.edgesentry.actions;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.ScanType;

/** Requests as the dispatch handler makes them. */
public final class Requests {

    /** The moment of the contract's example line. */
    public static final long START_NANOS = nanos("2026-11-22T10:15:30.123Z");

    private Requests() {
    }

    private static long nanos(String time) {
        return TimeUnit.MILLISECONDS.toNanos(Instant.parse(time).toEpochMilli());
    }

    /** A SYN to port 11 that is to be reported. */
    public static ActionRequest probe(String source) {
        Cidr address = CidrParser.parse(source);
        ActionRequest request = new ActionRequest();
        request.epochNanos = START_NANOS;
        request.family = address.family();
        request.sourceHi = address.hi();
        request.sourceLo = address.lo();
        request.protocol = IpProtocol.TCP;
        request.port = 11;
        request.scanType = ScanType.TCP_SYN;
        request.reported = true;
        return request;
    }

    /** The same from a source that has reached SCAN_TRIGGER and is to be blocked. */
    public static ActionRequest block(String source) {
        ActionRequest request = probe(source);
        request.triggered = true;
        request.blockRequested = true;
        request.blockPrefixLength = request.family == 4 ? 32 : 64;
        return request;
    }

    /** So many seconds after the start. */
    public static ActionRequest tick(long seconds) {
        ActionRequest request = new ActionRequest();
        request.kind = ActionKind.TICK;
        request.epochNanos = START_NANOS + TimeUnit.SECONDS.toNanos(seconds);
        return request;
    }

    /** The end of a scan, a minute and a half after its start. */
    public static ActionRequest closing(String source, long probes, long folded) {
        ActionRequest request = probe(source);
        request.kind = ActionKind.CLOSING;
        request.reported = false;
        request.epochNanos = START_NANOS + TimeUnit.SECONDS.toNanos(90);
        request.closingProbes = probes;
        request.closingFolded = folded;
        request.closingFirstNanos = START_NANOS;
        return request;
    }
}
