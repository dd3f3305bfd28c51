package org.edgesentry.netty.control;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.edgesentry.core.config.DurationParser;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.text.PrintableText;
import org.edgesentry.netty.control.ControlCommand.Field;

/** The fields of a request, and what they ask for. Thread: one. Errors: {@link RefusedRequestException}. */
final class RequestFields {

    /** What {@code hosts} shows where nobody says how many. */
    private static final int USUAL_LIMIT = 1_000;

    private final Map<String, Object> fields;

    RequestFields(Map<String, Object> fields) {
        this.fields = fields;
    }

    ControlRequest request() throws RefusedRequestException {
        ControlCommand command = command();
        for (String name : fields.keySet()) {
            if (!name.equals(Field.COMMAND) && !command.has(name)) {
                throw invalid(command.word() + " has no field " + PrintableText.quote(name));
            }
        }
        return new ControlRequest(command, target(command), seconds(), flag(Field.FORCE), limit(),
                flag(Field.LABELLED));
    }

    private ControlCommand command() throws RefusedRequestException {
        String word = text(Field.COMMAND).orElseThrow(() -> invalid("the field \"command\" is missing"));
        return ControlCommand.ofWord(word).orElseThrow(() -> invalid(PrintableText.quote(word) + " is none of "
                + Arrays.stream(ControlCommand.values()).map(ControlCommand::word).collect(Collectors.joining(", "))));
    }

    private Optional<Cidr> target(ControlCommand command) throws RefusedRequestException {
        Optional<String> text = text(Field.TARGET);
        boolean all = flag(Field.ALL);
        if (command.has(Field.TARGET) && text.isPresent() == all) {
            throw invalid(command.word() + (command.has(Field.ALL) ? " needs either \"target\" or \"all\":true"
                    : " needs the field \"target\""));
        }
        try {
            return text.map(CidrParser::parse);
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage());
        }
    }

    private OptionalLong seconds() throws RefusedRequestException {
        Optional<String> text = text(Field.FOR);
        try {
            return text.isEmpty() ? OptionalLong.empty()
                    : OptionalLong.of(DurationParser.parse(text.get()).toSeconds());
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage());
        }
    }

    private int limit() throws RefusedRequestException {
        Optional<Long> limit = value(Field.LIMIT, Long.class, "a whole number");
        if (limit.isPresent() && (limit.get() < 1 || limit.get() > Limits.HOSTS_LISTED)) {
            throw invalid("\"limit\" is out of range (1 to " + Limits.HOSTS_LISTED + ")");
        }
        return limit.map(Long::intValue).orElse(USUAL_LIMIT);
    }

    private boolean flag(String name) throws RefusedRequestException {
        return value(name, Boolean.class, "true or false").orElse(false);
    }

    private Optional<String> text(String name) throws RefusedRequestException {
        return value(name, String.class, "a text");
    }

    private <T> Optional<T> value(String name, Class<T> type, String what) throws RefusedRequestException {
        Object value = fields.get(name);
        if (value != null && !type.isInstance(value)) {
            throw invalid("\"" + name + "\" is not " + what);
        }
        return Optional.ofNullable(type.cast(value));
    }

    private static RefusedRequestException invalid(String why) {
        return new RefusedRequestException(Refusal.INVALID, why);
    }
}
