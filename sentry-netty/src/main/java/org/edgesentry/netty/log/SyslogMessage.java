package org.edgesentry.netty.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.apache.logging.log4j.Level;

/**
 * What syslog(3) sends to the local socket: {@code <29>Nov 22 10:15:30 portsentry[4711]: attackalert: ...}. Facility
 * (daemon), level (notice) and name are those of PortSentry 1.2, so that filters in the field find our lines.
 *
 * <p>Thread: immutable.
 */
final class SyslogMessage {

    private static final int FACILITY_DAEMON = 3 << 3;
    private static final int ERROR = 3;
    private static final int WARNING = 4;
    private static final int NOTICE = 5;
    private static final int DEBUG = 7;
    /** Receivers cut at 8 kB or sooner. */
    private static final int TEXT_BYTES = 4_096;

    private final DateTimeFormatter localTime;
    private final String tag;

    SyslogMessage(ZoneId zone, String ident, long pid) {
        this.localTime = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH).withZone(zone);
        this.tag = " " + ident + "[" + pid + "]: ";
    }

    /** The datagram; control characters in the text become blanks. */
    byte[] of(Level level, long epochMillis, byte[] text) {
        String head = "<" + (FACILITY_DAEMON | severity(level)) + ">"
                + localTime.format(Instant.ofEpochMilli(epochMillis)) + tag;
        byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
        int textBytes = Math.min(text.length, TEXT_BYTES);
        byte[] message = Arrays.copyOf(headBytes, headBytes.length + textBytes);
        for (int i = 0; i < textBytes; i++) {
            message[headBytes.length + i] = text[i] >= 0 && text[i] < ' ' ? (byte) ' ' : text[i];
        }
        return message;
    }

    private static int severity(Level level) {
        if (level.isMoreSpecificThan(Level.ERROR)) {
            return ERROR;
        }
        if (level.isMoreSpecificThan(Level.WARN)) {
            return WARNING;
        }
        return level.isMoreSpecificThan(Level.INFO) ? NOTICE : DEBUG;
    }
}
