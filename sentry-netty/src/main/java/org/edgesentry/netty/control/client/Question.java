package org.edgesentry.netty.control.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.edgesentry.netty.control.ControlCommand;
import org.edgesentry.netty.control.ControlCommand.Field;

/** A request as it travels to the daemon: a line of JSON. Thread: immutable. */
public final class Question {

    private final byte[] line;

    private Question(ControlCommand command, Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField(Field.COMMAND, command.word());
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        bytes.write('\n');
        line = bytes.toByteArray();
    }

    private interface Fields {

        void write(JsonGenerator json) throws IOException;
    }

    /** What the daemon is doing; for programs, or with labels for people. */
    public static Question status(boolean labelled) {
        return new Question(ControlCommand.STATUS, json -> {
            if (labelled) {
                json.writeBooleanField(Field.LABELLED, true);
            }
        });
    }

    /** Who is remembered. */
    public static Question hosts(int limit) {
        return new Question(ControlCommand.HOSTS, json -> json.writeNumberField(Field.LIMIT, limit));
    }

    /** What is blocked. */
    public static Question blocks() {
        return new Question(ControlCommand.BLOCKS, json -> { });
    }

    /** Block it, so long or for the usual time. */
    public static Question block(String target, Optional<String> time, boolean force) {
        return new Question(ControlCommand.BLOCK, json -> {
            json.writeStringField(Field.TARGET, target);
            if (time.isPresent()) {
                json.writeStringField(Field.FOR, time.get());
            }
            if (force) {
                json.writeBooleanField(Field.FORCE, true);
            }
        });
    }

    /** Unblock it, or all. */
    public static Question unblock(Optional<String> target) {
        return new Question(ControlCommand.UNBLOCK, json -> {
            if (target.isPresent()) {
                json.writeStringField(Field.TARGET, target.get());
            } else {
                json.writeBooleanField(Field.ALL, true);
            }
        });
    }

    /** Read the configuration anew. */
    public static Question reload() {
        return new Question(ControlCommand.RELOAD, json -> { });
    }

    byte[] line() {
        return line;
    }
}
