package org.edgesentry.actions.notify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.edgesentry.core.detect.ScanReason;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.ProbedPort;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.DistributedScan;

/** A digest as the JSON object that docs/notifications.md describes. Thread: any. */
final class DigestJson {

    /** The form; a key that is added does not change it. */
    static final int VERSION = 1;

    private static final JsonFactory JSON = new JsonFactory();

    private DigestJson() {
    }

    /** The object in UTF-8, with these words for people. */
    static byte[] bytes(Digest digest, String subject, String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            writeHead(json, digest, subject, text);
            json.writeArrayFieldStart("sources");
            for (SourceNews news : digest.sources()) {
                writeSource(json, news);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("distributed");
            for (DistributedScan crowd : digest.crowds()) {
                writeCrowd(json, crowd);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void writeHead(JsonGenerator json, Digest digest, String subject, String text) throws IOException {
        json.writeStringField("event", "digest");
        json.writeNumberField("version", VERSION);
        json.writeStringField("id", digest.id());
        json.writeStringField("host", digest.host());
        json.writeStringField("first", TimeText.millis(digest.firstEpochNanos()));
        json.writeStringField("last", TimeText.millis(digest.lastEpochNanos()));
        json.writeStringField("subject", subject);
        json.writeStringField("text", text);
        json.writeNumberField("blocks", digest.blocks());
        json.writeNumberField("scans", digest.scans());
        json.writeNumberField("unlisted", digest.unlisted());
        json.writeNumberField("lost_messages", digest.lost().messages());
        json.writeNumberField("lost", digest.lost().news());
    }

    private static void writeSource(JsonGenerator json, SourceNews news) throws IOException {
        json.writeStartObject();
        json.writeStringField("source", news.source().toString());
        if (news.block().isPresent()) {
            writeBlock(json, news.block().get(), news.dryRun());
        }
        if (news.scan().isPresent()) {
            writeScan(json, news.scan().get());
        }
        json.writeEndObject();
    }

    private static void writeBlock(JsonGenerator json, ActiveBlock block, boolean dryRun) throws IOException {
        json.writeObjectFieldStart("block");
        json.writeStringField("target", block.target().toString());
        json.writeStringField("reason", block.origin().reason().label());
        json.writeStringField("since", TimeText.millis(block.sinceEpochNanos()));
        if (!block.isEndless()) {
            json.writeStringField("until", TimeText.millis(block.untilEpochNanos()));
        }
        json.writeNumberField("times", block.times());
        json.writeBooleanField("in_firewall", block.inFirewall() && !dryRun);
        json.writeBooleanField("dry_run", dryRun);
        json.writeArrayFieldStart("ports");
        for (ProbedPort port : block.ports()) {
            json.writeString(port.toString());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeScan(JsonGenerator json, ScanSummary scan) throws IOException {
        json.writeObjectFieldStart("scan");
        json.writeStringField("first", TimeText.millis(scan.firstEpochNanos()));
        json.writeStringField("last", TimeText.millis(scan.lastEpochNanos()));
        json.writeNumberField("probes", scan.probes());
        json.writeStringField("type", scan.type());
        json.writeBooleanField("blocked", scan.blocked());
        json.writeEndObject();
    }

    private static void writeCrowd(JsonGenerator json, DistributedScan crowd) throws IOException {
        json.writeStartObject();
        json.writeStringField("protocol", IpProtocol.name(crowd.protocol()));
        json.writeNumberField("sources", crowd.sources());
        json.writeNumberField("hosts", crowd.hosts());
        json.writeNumberField("ports", crowd.ports());
        json.writeNumberField("contacts", crowd.contacts());
        json.writeStringField("first", TimeText.millis(crowd.firstNanos()));
        json.writeStringField("last", TimeText.millis(crowd.lastNanos()));
        json.writeStringField("reason", ScanReason.of(crowd));
        json.writeEndObject();
    }
}
