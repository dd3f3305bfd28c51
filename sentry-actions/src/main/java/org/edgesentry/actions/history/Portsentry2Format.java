package org.edgesentry.actions.history;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.net.AddressText;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.ScanType;

/**
 * PortSentry 2.0's form: {@code 2026-11-22T10:15:30.123+0000 Scan from: [192.0.2.7] (192.0.2.7) protocol: [TCP] port:
 * [11] type: [TCP SYN/Normal scan] IP opts: [not set] ignored: [false] triggered: [true] noblock: [false] blocked:
 * [true]}. The log has the same without the time. Names are not resolved: the address stands for the name.
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
    public Optional<String> historyLine(ActionRequest probe, BlockState state) {
        return Optional.of(time(probe.epochNanos) + " " + logLine(probe, state));
    }

    @Override
    public Optional<String> closingHistoryLine(ActionRequest closing) {
        return Optional.of(time(closing.epochNanos) + " " + closingLogLine(closing));
    }

    @Override
    public String logLine(ActionRequest probe, BlockState state) {
        // An ignored source gets no line at all, so this flag never says anything else.
        return source(probe)
                + " protocol: [" + IpProtocol.name(probe.protocol) + "] port: [" + probe.port
                + "] type: [" + type(probe) + "] IP opts: [" + ipOptions(probe)
                + "] ignored: [false] triggered: [" + probe.triggered
                + "] noblock: [" + state.noBlock() + "] blocked: [" + state.blocked() + "]";
    }

    @Override
    public String closingLogLine(ActionRequest closing) {
        return source(closing) + " ended: [" + closing.closingProbes + " probes, " + closing.closingFolded
                + " without a line of their own, since " + time(closing.closingFirstNanos) + "]";
    }

    private static String source(ActionRequest request) {
        String address = AddressText.format(request.family, request.sourceHi, request.sourceLo);
        return "Scan from: [" + address + "] (" + address + ")";
    }

    private String time(long epochNanos) {
        long seconds = Math.floorDiv(epochNanos, TimeUnit.SECONDS.toNanos(1));
        return localTime.format(Instant.ofEpochSecond(seconds, Math.floorMod(epochNanos, TimeUnit.SECONDS.toNanos(1))));
    }

    /** A trap sees the connection, not the packet. */
    private static String ipOptions(ActionRequest probe) {
        if (probe.seenBy == ProbeSource.TRAP) {
            return "unknown";
        }
        return probe.ipOptions ? "set" : "not set";
    }

    private static String type(ActionRequest probe) {
        String text = probe.scanType.text();
        return probe.scanType == ScanType.TCP_UNKNOWN ? text + ": " + flags(probe.tcpFlags) : text;
    }

    private static String flags(int flags) {
        return "SYN: " + bit(flags, TcpFlags.SYN) + " FIN: " + bit(flags, TcpFlags.FIN)
                + " ACK: " + bit(flags, TcpFlags.ACK) + " PSH: " + bit(flags, TcpFlags.PSH)
                + " URG: " + bit(flags, TcpFlags.URG) + " RST: " + bit(flags, TcpFlags.RST);
    }

    private static int bit(int flags, int flag) {
        return (flags & flag) == 0 ? 0 : 1;
    }
}
