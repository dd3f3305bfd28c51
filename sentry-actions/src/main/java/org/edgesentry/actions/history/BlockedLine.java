package org.edgesentry.actions.history;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.net.IpProtocol;

/**
 * The line of PortSentry 1.2 for a blocked host, in its history file and in its blocked file alike:
 * {@code 942286729 - 11/10/1999 20:18:49 Host: NAME/192.0.2.7 Port: 111 TCP Blocked}, in local time.
 *
 * <p>Thread: immutable.
 */
public final class BlockedLine {

    private final DateTimeFormatter localTime;

    /** Lines in the time of this zone. */
    public BlockedLine(ZoneId zone) {
        this.localTime = DateTimeFormatter.ofPattern("MM/dd/yyyy HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    /** The line, without its end. */
    public String of(long epochNanos, String name, String address, int port, int protocol) {
        return append(new StringBuilder(), epochNanos, name, address, port, protocol).toString();
    }

    /** Appends the same, for a file of many. */
    public StringBuilder append(StringBuilder line, long epochNanos, String name, String address, int port,
                                int protocol) {
        long epochSeconds = TimeUnit.NANOSECONDS.toSeconds(epochNanos);
        line.append(epochSeconds).append(" - ");
        localTime.formatTo(Instant.ofEpochSecond(epochSeconds), line);
        return line.append(" Host: ").append(name).append('/').append(address).append(" Port: ").append(port)
                .append(' ').append(IpProtocol.name(protocol)).append(" Blocked");
    }
}
