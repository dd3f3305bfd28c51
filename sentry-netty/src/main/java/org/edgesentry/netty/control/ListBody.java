package org.edgesentry.netty.control;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.command.HostSnapshot;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.ProbedPort;

/**
 * {@code {"blocks":[{...},...]}}, an object at a time, so that a long list never stands in memory as text.
 *
 * <p>Thread: the control loop.
 */
final class ListBody<T> implements AnswerBody {

    private static final double ROUND_FROM = 1e6;

    private final String name;
    private final Iterator<T> items;
    private final Row<T> row;
    private boolean begun;

    private interface Row<T> {

        void write(JsonGenerator json, T item) throws IOException;
    }

    private ListBody(String name, List<T> items, Row<T> row) {
        this.name = name;
        this.items = items.iterator();
        this.row = row;
    }

    /** These blocks as they are at this time. */
    static ListBody<ActiveBlock> blocks(List<ActiveBlock> blocks, long nowEpochNanos) {
        return new ListBody<>("blocks", blocks, (json, block) -> writeBlock(json, block, nowEpochNanos));
    }

    /** These hosts as they are at this time. */
    static ListBody<HostSnapshot> hosts(List<HostSnapshot> hosts, long nowEpochNanos) {
        return new ListBody<>("hosts", hosts, (json, host) -> writeHost(json, host, nowEpochNanos));
    }

    @Override
    public boolean writePiece(JsonGenerator json) throws IOException {
        if (!begun) {
            json.writeStartObject();
            json.writeArrayFieldStart(name);
            begun = true;
        }
        if (items.hasNext()) {
            json.writeStartObject();
            row.write(json, items.next());
            json.writeEndObject();
            return true;
        }
        json.writeEndArray();
        json.writeEndObject();
        return false;
    }

    private static void writeBlock(JsonGenerator json, ActiveBlock block, long now) throws IOException {
        json.writeStringField("target", block.target().toString());
        json.writeStringField("source", block.origin().source().toString());
        json.writeStringField("reason", block.origin().reason().label());
        writeTime(json, "since", block.sinceEpochNanos());
        writeEnd(json, "until", block.untilEpochNanos(), now);
        json.writeNumberField("times", block.times());
        writeTexts(json, "ports", block.ports().stream().map(ProbedPort::toString).toList());
        json.writeBooleanField("in_firewall", block.inFirewall());
    }

    private static void writeHost(JsonGenerator json, HostSnapshot host, long now) throws IOException {
        json.writeStringField("host", host.host().toString());
        writeTime(json, "first_seen", host.firstEpochNanos());
        writeTime(json, "last_seen", host.lastEpochNanos());
        json.writeNumberField("hits", host.hits());
        writeTexts(json, "ports", host.ports());
        writeOdds(json, host.odds());
        json.writeBooleanField("judged", host.judged());
        json.writeBooleanField("proven", host.proven());
        json.writeStringField("block", host.block().name().toLowerCase(Locale.ROOT));
        boolean blocked = host.block() == HostSnapshot.Block.BLOCKED;
        writeEnd(json, "blocked_until", blocked ? host.blockedUntilEpochNanos() : Long.MAX_VALUE, now);
    }

    private static void writeTime(JsonGenerator json, String name, long epochNanos) throws IOException {
        json.writeStringField(name, StatusView.instant(epochNanos).toString());
    }

    /** The time, and the seconds that remain, a part of one counting as one; null for both where there is no end. */
    private static void writeEnd(JsonGenerator json, String name, long until, long now) throws IOException {
        if (until == Long.MAX_VALUE) {
            json.writeNullField(name);
            json.writeNullField("remaining_seconds");
        } else {
            writeTime(json, name, until);
            long second = TimeUnit.SECONDS.toNanos(1);
            json.writeNumberField("remaining_seconds", Math.max(0, -Math.floorDiv(now - until, second)));
        }
    }

    /** JSON has no number for what is none, and nobody reads the cents of a million. */
    private static void writeOdds(JsonGenerator json, double odds) throws IOException {
        if (odds < ROUND_FROM) {
            json.writeNumberField("odds", BigDecimal.valueOf(odds).setScale(2, RoundingMode.HALF_UP));
        } else {
            json.writeNumberField("odds", (long) odds);
        }
    }

    private static void writeTexts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
