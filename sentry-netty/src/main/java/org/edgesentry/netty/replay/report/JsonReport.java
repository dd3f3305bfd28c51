package org.edgesentry.netty.replay.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.edgesentry.core.detect.ScanReason;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.DistributedScan;
import org.edgesentry.core.probe.ScanVerdict;
import org.edgesentry.core.probe.Verdict;

/**
 * One JSON object a line, as soon as there is something to tell: {@code scan} once a source, {@code distributed}, and
 * at the end {@code summary}. Times are UTC, ISO 8601, as exact as the capture.
 *
 * <p>Thread: the replay's.
 */
public final class JsonReport implements ReplayReport {

    private static final int EVIDENCE_DIGITS = 2;

    private final JsonFactory json = new JsonFactory();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final PrintStream out;

    /** A report that prints here. */
    public JsonReport(PrintStream out) {
        this.out = out;
    }

    @Override
    public void scan(ScanVerdict scan, boolean first) {
        if (first) {
            print("scan", object -> writeScan(object, scan));
        }
    }

    @Override
    public void distributed(DistributedScan scan) {
        print("distributed", object -> writeDistributed(object, scan));
    }

    @Override
    public void finish(ReplaySummary summary) {
        print("summary", object -> writeSummary(object, summary));
    }

    @Override
    public boolean isBroken() {
        return out.checkError();
    }

    private static void writeScan(JsonGenerator object, ScanVerdict scan) throws IOException {
        object.writeStringField("source", ScanWords.source(scan));
        writeStrings(object, "kind", ScanWords.kinds(scan));
        writeStrings(object, "types", ScanWords.types(scan));
        object.writeStringField("first", ScanWords.time(scan.firstNanos).toString());
        object.writeStringField("last", ScanWords.time(scan.lastNanos).toString());
        object.writeNumberField("packets", scan.packets);
        object.writeNumberField("ports", scan.ports);
        object.writeNumberField("hosts", scan.hosts);
        object.writeNumberField("failed", scan.failed);
        object.writeNumberField("answered", scan.served);
        object.writeNumberField("left", scan.left);
        object.writeNumberField("evidence", rounded(scan.evidence));
        object.writeBooleanField("proven", scan.proven);
        writeUnlessZero(object, "lookalikes", scan.lookalikes);
        writeUnlessZero(object, "source_port", scan.sourcePort);
        object.writeStringField("reason", ScanReason.of(scan));
    }

    private static void writeDistributed(JsonGenerator object, DistributedScan scan) throws IOException {
        object.writeStringField("protocol", IpProtocol.name(scan.protocol()));
        writeUnlessZero(object, "port", scan.port());
        if (ScanWords.hasTarget(scan)) {
            object.writeStringField("target", ScanWords.target(scan));
        }
        object.writeNumberField("sources", scan.sources());
        object.writeNumberField("hosts", scan.hosts());
        object.writeNumberField("ports", scan.ports());
        object.writeNumberField("contacts", scan.contacts());
        writeStrings(object, "prefixes", scan.prefixes().stream().map(Cidr::toString).toList());
        object.writeStringField("first", ScanWords.time(scan.firstNanos()).toString());
        object.writeStringField("last", ScanWords.time(scan.lastNanos()).toString());
        object.writeStringField("reason", ScanReason.of(scan));
    }

    private static void writeSummary(JsonGenerator object, ReplaySummary summary) throws IOException {
        object.writeNumberField("packets", summary.packets());
        object.writeNumberField("sources", summary.sources());
        object.writeNumberField("scans", summary.scans());
        object.writeNumberField("trap_sources", summary.trapSources());
        object.writeNumberField("backscatter_sources", summary.backscatterSources());
        object.writeNumberField("malformed", summary.malformed());
        object.writeObjectFieldStart("verdicts");
        for (Map.Entry<Verdict, Long> count : summary.verdicts().entrySet()) {
            object.writeNumberField(count.getKey().label(), count.getValue());
        }
        object.writeEndObject();
        object.writeNumberField("not_ip", summary.notIp());
        object.writeNumberField("fragments", summary.fragments());
        object.writeNumberField("unread", summary.unread());
    }

    private static void writeUnlessZero(JsonGenerator object, String name, int value) throws IOException {
        if (value != 0) {
            object.writeNumberField(name, value);
        }
    }

    private static void writeStrings(JsonGenerator object, String name, List<String> values) throws IOException {
        object.writeArrayFieldStart(name);
        for (String value : values) {
            object.writeString(value);
        }
        object.writeEndArray();
    }

    /** JSON has no number for what is none. */
    private static BigDecimal rounded(float evidence) {
        return Float.isFinite(evidence)
                ? BigDecimal.valueOf(evidence).setScale(EVIDENCE_DIGITS, RoundingMode.HALF_UP) : BigDecimal.ZERO;
    }

    private void print(String event, Fields fields) {
        line.reset();
        try (JsonGenerator object = json.createGenerator(line)) {
            object.writeStartObject();
            object.writeStringField("event", event);
            fields.write(object);
            object.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        line.write('\n');
        out.write(line.toByteArray(), 0, line.size());
        out.flush();
    }

    private interface Fields {

        void write(JsonGenerator object) throws IOException;
    }
}
