package org.edgesentry.netty.control;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What can be asked on the control socket, and which fields a request of it may have. */
public enum ControlCommand {

    /** What the daemon is doing; {@code labelled} asks for the form with labels. */
    STATUS(Field.LABELLED),
    /** Who is remembered, {@code limit} at most. */
    HOSTS(Field.LIMIT),
    /** What is blocked. */
    BLOCKS,
    /** Blocks the {@code target}, {@code for} a time, {@code force} or not. */
    BLOCK(Field.TARGET, Field.FOR, Field.FORCE),
    /** Lifts the block of the {@code target}, or {@code all}. */
    UNBLOCK(Field.TARGET, Field.ALL),
    /** Reads the configuration anew. */
    RELOAD;

    private final Set<String> fields;

    ControlCommand(String... fields) {
        this.fields = Set.of(fields);
    }

    /** The word that asks for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean has(String field) {
        return fields.contains(field);
    }

    static Optional<ControlCommand> ofWord(String word) {
        return Arrays.stream(values()).filter(command -> command.word().equals(word)).findFirst();
    }

    /** The names of the fields of a request. */
    public static final class Field {

        /** The word of the command. */
        public static final String COMMAND = "command";
        /** An address or a network. */
        public static final String TARGET = "target";
        /** A span of time. */
        public static final String FOR = "for";
        /** Whether to block who is never to be blocked. */
        public static final String FORCE = "force";
        /** Whether all are meant. */
        public static final String ALL = "all";
        /** How many at most. */
        public static final String LIMIT = "limit";
        /** Whether the answer is for people. */
        public static final String LABELLED = "labelled";

        private Field() {
        }
    }
}
