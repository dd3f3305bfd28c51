package org.edgesentry.netty.replay.report;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.edgesentry.core.probe.ScanVerdict;
import org.edgesentry.core.text.OddsText;
import org.edgesentry.core.text.SpanText;

/** The cells of one source's row in the table. Thread: immutable. */
record ScanRow(String source, String kinds, String first, String lasted, String ports, String hosts, String packets,
               String odds) {

    static final ScanRow HEADING =
            new ScanRow("SOURCE", "KIND", "FIRST SEEN (UTC)", "LASTED", "PORTS", "HOSTS", "PACKETS", "ODDS");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    static ScanRow of(ScanVerdict scan) {
        return new ScanRow(ScanWords.source(scan), String.join(", ", ScanWords.kinds(scan)),
                time(scan.firstNanos), SpanText.of(scan.lastNanos - scan.firstNanos),
                number(scan.ports), number(scan.hosts), number(scan.packets), odds(scan.evidence));
    }

    static String time(long epochNanos) {
        return TIME.format(ScanWords.time(epochNanos));
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Each failed first contact makes a scan four times as likely (Jung et al. 2004). */
    private static String odds(float evidence) {
        return OddsText.of(evidence > 0 ? Math.pow(4, evidence) : 0);
    }

    List<String> cells() {
        return List.of(source, kinds, first, lasted, ports, hosts, packets, odds);
    }
}
