package org.edgesentry.actions.history;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.ScanType;

/**
 * PortSentry 1.2's form. History: one line a block ({@link BlockedLine}). Log: {@code attackalert: TCP SYN/Normal scan
 * from host: NAME/192.0.2.7 to TCP port: 111}. The lines that sum up are our own, and are worded so that the filters
 * which fail2ban and logwatch have for 1.2 take them for neither a block nor a scan.
 *
 * <p>Thread: immutable.
 */
public final class Portsentry1Format implements ReportFormat {

    private final BlockedLine blockedLine;
    private final DateTimeFormatter localTime;

    /** Lines in the time of this zone. */
    public Portsentry1Format(ZoneId zone) {
        this.blockedLine = new BlockedLine(zone);
        this.localTime = DateTimeFormatter.ofPattern("MM/dd/yyyy HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    @Override
    public Optional<String> historyLine(ActionRequest probe, BlockState state, String name) {
        return Optional.empty();
    }

    @Override
    public Optional<String> blockedHistoryLine(ActionRequest probe, String name) {
        return Optional.of(blockedLine.of(probe.epochNanos, name, ScanText.address(probe), probe.port, probe.protocol));
    }

    @Override
    public Optional<String> closingHistoryLine(ActionRequest closing, String name) {
        return Optional.empty();
    }

    @Override
    public String logLine(ActionRequest probe, BlockState state, String name) {
        // The type is UDP; 1.2 and its readers say "UDP scan".
        String type = probe.scanType == ScanType.UDP ? "UDP scan" : ScanText.type(probe);
        return "attackalert: " + type + " from host: " + name + "/" + ScanText.address(probe) + " to "
                + IpProtocol.name(probe.protocol) + " port: " + probe.port;
    }

    @Override
    public boolean isProbeFirst() {
        return true;
    }

    @Override
    public String closingLogLine(ActionRequest closing, String name) {
        if (closing.closingHosts > 0) {
            return "attackalert: " + ScanText.rest(closing);
        }
        Instant first = Instant.ofEpochSecond(TimeUnit.NANOSECONDS.toSeconds(closing.closingFirstNanos));
        return "attackalert: Host " + name + "/" + ScanText.address(closing)
                + (closing.closingOngoing ? " goes on scanning: " : " has stopped scanning: ")
                + ScanText.folded(closing) + ", since " + localTime.format(first);
    }
}
