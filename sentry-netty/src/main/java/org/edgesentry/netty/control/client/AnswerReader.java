package org.edgesentry.netty.control.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import org.edgesentry.netty.terminal.FittedTable;
import org.edgesentry.netty.terminal.Page;

/** Reads answers, an object at a time. Thread: one. */
final class AnswerReader {

    private static final int DEEPEST = 20;
    private static final int LONGEST = 1 << 16;

    static final JsonFactory JSON = JsonFactory.builder().streamReadConstraints(StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST).maxStringLength(LONGEST).maxNumberLength(100).build()).build();

    private AnswerReader() {
    }

    /** Prints the list of an answer as a table. */
    static void print(InputStream answer, RowForm form, Page page) throws IOException {
        FittedTable table = new FittedTable(page, form.columns());
        long rows = 0;
        try (JsonParser json = JSON.createParser(answer)) {
            seek(json, form.name());
            while (json.nextToken() == JsonToken.START_OBJECT) {
                table.row(form.cells(Row.read(json)));
                rows++;
            }
            readToEnd(json);
        }
        table.finish();
        if (rows > 0) {
            page.blank();
        }
        page.line(form.summary(rows));
    }

    /** The answer as one object. */
    static Row object(InputStream answer) throws IOException {
        try (JsonParser json = JSON.createParser(answer)) {
            json.nextToken();
            Row row = Row.read(json);
            readToEnd(json);
            return row;
        }
    }

    /** Goes to the list that is the first field of an answer. */
    static void seek(JsonParser json, String name) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT || !name.equals(json.nextFieldName())
                || json.nextToken() != JsonToken.START_ARRAY) {
            throw new IOException("it holds no " + name);
        }
    }

    /** So that an answer that was cut off is noticed. */
    static void readToEnd(JsonParser json) throws IOException {
        while (json.nextToken() != null) {
            json.skipChildren();
        }
    }
}
