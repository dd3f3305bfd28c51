package org.edgesentry.netty.control.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.edgesentry.core.text.PrintableText;
import org.edgesentry.netty.terminal.Page;

/** The labelled status on a page: a heading for each section, below it labels and values. Thread: one. */
final class StatusPage {

    private static final int INDENT = 2;
    private static final int LONGEST_TEXT = 2_000;

    private final Page page;
    private final TimeWords words;

    /** A section, where items are there, or an entry. */
    private record Item(String label, String value, List<Item> items) {
    }

    StatusPage(Page page, TimeWords words) {
        this.page = page;
        this.words = words;
    }

    void print(InputStream answer) throws IOException {
        List<Item> items;
        try (JsonParser json = AnswerReader.JSON.createParser(answer)) {
            AnswerReader.seek(json, "status");
            items = items(json);
            AnswerReader.readToEnd(json);
        }
        print(items, 0);
    }

    private List<Item> items(JsonParser json) throws IOException {
        List<Item> items = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            items.add(item(json));
        }
        return items;
    }

    private Item item(JsonParser json) throws IOException {
        String label = "";
        String value = "";
        List<Item> items = List.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "label" -> label = text(json);
                case "items" -> items = items(json);
                case "time" -> value = time(json);
                case "number" -> value = number(json);
                case "duration" -> value = DurationWords.of(json.getValueAsDouble());
                case "flag" -> value = json.getValueAsBoolean() ? "yes" : "no";
                case "list" -> value = list(json);
                default -> value = text(json);
            }
        }
        return new Item(label, value, items);
    }

    private static String text(JsonParser json) throws IOException {
        String text = json.getValueAsString("");
        json.skipChildren();
        return PrintableText.cut(text, LONGEST_TEXT);
    }

    private String time(JsonParser json) throws IOException {
        String text = text(json);
        try {
            return words.at(Instant.parse(text));
        } catch (DateTimeException e) {
            return text;
        }
    }

    private static String number(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NUMBER_INT
                ? String.format(Locale.ROOT, "%,d", json.getLongValue())
                : String.format(Locale.ROOT, "%,.2f", json.getValueAsDouble());
    }

    private static String list(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return text(json);
        }
        List<String> texts = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            texts.add(text(json));
        }
        return texts.isEmpty() ? "none" : String.join(", ", texts);
    }

    private void print(List<Item> items, int indent) {
        int column = INDENT + indent + items.stream().filter(item -> item.items().isEmpty())
                .mapToInt(item -> item.label().length()).max().orElse(0);
        for (Item item : items) {
            if (item.items().isEmpty()) {
                page.labelled(indent, item.label(), column, item.value());
            } else {
                if (indent == 0 && item != items.get(0)) {
                    page.blank();
                }
                page.line(" ".repeat(indent) + page.bold(item.label()));
                print(item.items(), indent + INDENT);
            }
        }
    }
}
