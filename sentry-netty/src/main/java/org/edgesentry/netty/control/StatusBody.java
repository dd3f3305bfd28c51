package org.edgesentry.netty.control;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.edgesentry.netty.control.StatusView.Entry;
import org.edgesentry.netty.control.StatusView.Item;
import org.edgesentry.netty.control.StatusView.Section;

/**
 * A status view as JSON. For programs: {@code {"daemon":{"version":"0.1.0"}}}. For people, with labels:
 * {@code {"status":[{"label":"Daemon","items":[{"label":"Version","text":"0.1.0"}]}]}}.
 *
 * <p>Thread: any.
 */
final class StatusBody {

    private StatusBody() {
    }

    static AnswerBody plain(StatusView view) {
        return AnswerBody.whole(json -> writePlain(json, view.items()));
    }

    static AnswerBody labelled(StatusView view) {
        return AnswerBody.whole(json -> writeLabelled(json, "status", view.items()));
    }

    private static void writePlain(JsonGenerator json, List<Item> items) throws IOException {
        for (Item item : items) {
            if (item instanceof Section section) {
                json.writeObjectFieldStart(section.key());
                writePlain(json, section.items());
                json.writeEndObject();
            } else if (item instanceof Entry entry) {
                writeValue(json, entry.key(), entry);
            }
        }
    }

    private static void writeLabelled(JsonGenerator json, String name, List<Item> items) throws IOException {
        json.writeArrayFieldStart(name);
        for (Item item : items) {
            json.writeStartObject();
            json.writeStringField("label", item.label());
            if (item instanceof Section section) {
                writeLabelled(json, "items", section.items());
            } else if (item instanceof Entry entry) {
                writeValue(json, entry.kind().name().toLowerCase(Locale.ROOT), entry);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeValue(JsonGenerator json, String name, Entry entry) throws IOException {
        switch (entry.kind()) {
            case NUMBER, DURATION -> writeNumber(json, name, (Number) entry.value());
            case FLAG -> json.writeBooleanField(name, (Boolean) entry.value());
            case LIST -> {
                json.writeArrayFieldStart(name);
                for (Object text : (List<?>) entry.value()) {
                    json.writeString(text.toString());
                }
                json.writeEndArray();
            }
            default -> json.writeStringField(name, entry.value().toString());
        }
    }

    private static void writeNumber(JsonGenerator json, String name, Number number) throws IOException {
        if (number instanceof Long whole) {
            json.writeNumberField(name, whole);
        } else {
            json.writeNumberField(name, number.doubleValue());
        }
    }
}
