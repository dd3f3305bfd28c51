package org.edgesentry.netty.control;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** A JSON document that is written piece by piece. Thread: the control loop. */
interface AnswerBody {

    /** Writes the next piece, a few hundred bytes as a rule; false when that was the last. */
    boolean writePiece(JsonGenerator json) throws IOException;

    /** A document that is one piece. */
    static AnswerBody whole(Fields fields) {
        return json -> {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
            return false;
        };
    }

    /** {@code {"error":"..."}}. */
    static AnswerBody error(String words) {
        return whole(json -> json.writeStringField("error", words));
    }

    /** Writes the fields of an object. */
    interface Fields {

        void write(JsonGenerator json) throws IOException;
    }
}
