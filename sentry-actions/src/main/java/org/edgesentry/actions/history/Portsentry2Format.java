package org.edgesentry.actions.history;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.ScanType;

/**
 * PortSentry 2.0's form: {@code 2026-11-22T10:15:30.123+0000 Scan from: [192.0.2.7] (host.example) protocol: [TCP]
 * port: [11] type: [TCP SYN/Normal scan] IP opts: [not set] ignored: [false] triggered: [true] noblock: [false]
 * blocked: [true]}. The log has the same without the time.
 *
 * <p>Thread: immutable.
 */
public final class Portsentry2Format implements ReportFormat {

    private final DateTimeFormatter localTime;

    /** Lines in the time of this zone. */
    public Portsentry2Format(ZoneId zone) {
        this.localTime = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT).withZone(zone);
    }

    @Override
    public Optional<String> historyLine(ActionRequest probe, BlockState state, String name) {
        return Optional.of(time(probe.epochNanos) + " " + logLine(probe, state, name));
    }

    /** A block shows in the flags of the probe that led to it. */
    @Override
    public Optional<String> blockedHistoryLine(ActionRequest probe, String name) {
        return Optional.empty();
    }

    @Override
    public Optional<String> closingHistoryLine(ActionRequest closing, String name) {
        return Optional.of(time(closing.epochNanos) + " " + closingLogLine(closing, name));
    }

    @Override
    public String logLine(ActionRequest probe, BlockState state, String name) {
        // An ignored source gets no line at all, so this flag never says anything else.
        return source(probe, name)
                + " protocol: [" + IpProtocol.name(probe.protocol) + "] port: [" + probe.port
                + "] type: [" + type(probe) + "] IP opts: [" + ipOptions(probe)
                + "] ignored: [false] triggered: [" + probe.triggered
                + "] noblock: [" + state.noBlock() + "] blocked: [" + state.blocked() + "]";
    }

    @Override
    public boolean isProbeFirst() {
        return false;
    }

    @Override
    public String closingLogLine(ActionRequest closing, String name) {
        if (closing.closingHosts > 0) {
            return ScanText.rest(closing);
        }
        return source(closing, name) + (closing.closingOngoing ? " goes on: [" : " ended: [")
                + ScanText.folded(closing) + ", since " + time(closing.closingFirstNanos) + "]";
    }

    private static String source(ActionRequest request, String name) {
        return "Scan from: [" + ScanText.address(request) + "] (" + name + ")";
    }

    private String time(long epochNanos) {
        long seconds = Math.floorDiv(epochNanos, TimeUnit.SECONDS.toNanos(1));
        return localTime.format(Instant.ofEpochSecond(seconds, Math.floorMod(epochNanos, TimeUnit.SECONDS.toNanos(1))));
    }

    /** PortSentry 2 calls whatever reaches a bound port a connect, a datagram too. */
    private static String type(ActionRequest probe) {
        return probe.seenBy == ProbeSource.TRAP ? ScanType.CONNECT.text() : ScanText.type(probe);
    }

    /** A trap sees the connection, not the packet. */
    private static String ipOptions(ActionRequest probe) {
        if (probe.seenBy == ProbeSource.TRAP) {
            return "unknown";
        }
        return probe.ipOptions ? "set" : "not set";
    }
}
