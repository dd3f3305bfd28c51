package org.edgesentry.netty.control.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.edgesentry.core.text.PrintableText;

/**
 * A flat JSON object of an answer. Fields that are not there, or of another type than expected, read as nothing; texts
 * are fit for a terminal.
 *
 * <p>Thread: one.
 */
final class Row {

    private static final int LONGEST_TEXT = 400;

    private final Map<String, Object> fields = new HashMap<>();

    /** Reads the object that has just begun; objects in it are skipped. */
    static Row read(JsonParser json) throws IOException {
        Row row = new Row();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            row.fields.put(name, value(json));
        }
        return row;
    }

    private static Object value(JsonParser json) throws IOException {
        return switch (json.nextToken()) {
            case VALUE_STRING -> printable(json);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case START_ARRAY -> texts(json);
            case START_OBJECT -> {
                json.skipChildren();
                yield "";
            }
            default -> null;
        };
    }

    private static List<String> texts(JsonParser json) throws IOException {
        List<String> texts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                texts.add(printable(json));
            } else {
                json.skipChildren();
            }
        }
        return texts;
    }

    private static String printable(JsonParser json) throws IOException {
        return PrintableText.cut(json.getText(), LONGEST_TEXT);
    }

    String text(String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    String list(String name) {
        return fields.get(name) instanceof List<?> texts ? String.join(", ", texts.toArray(new String[0])) : "";
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    double number(String name) {
        return fields.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    OptionalLong whole(String name) {
        return fields.get(name) instanceof Number number ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    Instant time(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
