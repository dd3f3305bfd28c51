package org.edgesentry.netty.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.text.PrintableText;

/**
 * Reads the line of a request: one flat JSON object of texts, whole numbers and yes or no, in UTF-8, nothing behind it.
 * {@link RequestFields} makes sense of it.
 *
 * <p>Thread: any. Errors: {@link RefusedRequestException}, whatever the bytes are.
 */
final class RequestParser {

    private static final int MOST_FIELDS = 8;
    private static final int MOST_DIGITS = 18;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(2).maxNumberLength(MOST_DIGITS)
                    .maxNameLength(Limits.CONTROL_REQUEST_BYTES).maxStringLength(Limits.CONTROL_REQUEST_BYTES).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private RequestParser() {
    }

    /** The request that stands in these bytes, a line without its end. */
    static ControlRequest parse(byte[] line) throws RefusedRequestException {
        return new RequestFields(fields(text(line))).request();
    }

    private static String text(byte[] line) throws RefusedRequestException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
        } catch (CharacterCodingException e) {
            throw malformed("it is not UTF-8");
        }
    }

    private static Map<String, Object> fields(String text) throws RefusedRequestException {
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("it does not begin with {");
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME && fields.size() < MOST_FIELDS) {
                String name = json.currentName();
                fields.put(name, value(name, json));
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw malformed("it is not one object of at most " + MOST_FIELDS + " fields");
            }
            return fields;
        } catch (IOException e) {
            // Its message quotes the input, and speaks of characters to people who sent words.
            throw malformed("it is not valid JSON");
        }
    }

    private static Object value(String name, JsonParser json) throws IOException, RefusedRequestException {
        return switch (json.nextToken()) {
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> throw new RefusedRequestException(Refusal.INVALID,
                    PrintableText.quote(name) + " is neither a text nor a whole number nor true or false");
        };
    }

    private static RefusedRequestException malformed(String why) {
        return new RefusedRequestException(Refusal.MALFORMED, "the request is not one line of JSON: " + why
                + "; send for instance {\"command\":\"status\"}");
    }
}
