package org.edgesentry.netty.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.edgesentry.core.limits.Limits;

/**
 * An answer as bytes, made a chunk at a time when the last one is on its way. ASCII alone, and one line end, which is
 * the last byte: an answer without it was cut off.
 *
 * <p>Thread: the control loop.
 */
final class AnswerStream {

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final int ROOM_BYTES = 4_096;

    private final AnswerBody body;
    private final ByteArrayOutputStream chunk =
            new ByteArrayOutputStream(Limits.CONTROL_CHUNK_BYTES + ROOM_BYTES);
    private final JsonGenerator json;
    private boolean ended;

    AnswerStream(AnswerBody body) throws IOException {
        this.body = body;
        this.json = JSON.createGenerator(chunk);
    }

    /** Whether there is nothing more. */
    boolean isEnded() {
        return ended;
    }

    /** The next chunk, about {@link Limits#CONTROL_CHUNK_BYTES}. */
    ByteBuf next() throws IOException {
        while (!ended && chunk.size() < Limits.CONTROL_CHUNK_BYTES) {
            ended = !body.writePiece(json);
            json.flush();
        }
        if (ended) {
            json.close();
            chunk.write('\n');
        }
        ByteBuf bytes = Unpooled.wrappedBuffer(chunk.toByteArray());
        chunk.reset();
        return bytes;
    }
}
