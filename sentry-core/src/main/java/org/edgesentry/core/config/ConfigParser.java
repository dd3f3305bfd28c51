package org.edgesentry.core.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.edgesentry.core.config.GivenValues.Given;

/**
 * Reads portsentry.conf of PortSentry 1.2, of 2.0, and our own: lines of {@code KEY="value"} or {@code KEY = "value"},
 * comments from {@code #}. All faults of a file are found in one go.
 *
 * <p>Where the two PortSentrys disagree (a key given twice) or guess (the beginning of a key), this is a fault.
 *
 * <p>Thread: any; each call stands alone. Errors: none thrown, whatever the bytes are; see {@link ConfigResult}. Time
 * and memory grow with the size of the content, so the caller bounds that.
 */
public final class ConfigParser {

    private final String fileName;
    private final List<Fault> faults = new ArrayList<>();
    private final GivenValues given = new GivenValues();

    private ConfigParser(String fileName) {
        this.fileName = fileName;
    }

    /**
     * Reads the content of a file.
     *
     * @param fileName what the faults call it
     * @param content its bytes: UTF-8, else ISO 8859-1
     */
    public static ConfigResult parse(String fileName, byte[] content) {
        return new ConfigParser(fileName).read(ConfigText.lines(content));
    }

    private ConfigResult read(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (!ConfigLine.isBlankOrComment(lines.get(i))) {
                take(ConfigLine.read(lines.get(i)), i + 1);
            }
        }
        CrossChecks.run(given, this::tell);
        faults.sort(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column));
        Optional<Settings> settings = faults.isEmpty() ? Optional.of(SettingsAssembly.of(given)) : Optional.empty();
        return new ConfigResult(settings, faults, given.notActedOn());
    }

    private void take(ConfigLine line, int lineNumber) {
        if (line.isBroken()) {
            tell(lineNumber, line.column(), line.fault());
        }
        Optional<ConfigKey<?>> key = ConfigKeys.find(line.key());
        if (key.isPresent()) {
            takeValue(key.get(), line, lineNumber);
        } else if (line.assigned() && !line.key().isEmpty()) {
            tell(lineNumber, line.keyColumn(), KeySuggestions.unknownKey(line.key()));
        }
    }

    private void takeValue(ConfigKey<?> key, ConfigLine line, int lineNumber) {
        Object value = line.isBroken() ? null : key.type().read(line.value(),
                (index, message) -> tell(lineNumber, line.column() + index, message));
        Optional<Given> earlier = given.find(key);
        if (earlier.isPresent()) {
            tell(lineNumber, line.keyColumn(), key.name() + " is set twice, in line " + earlier.get().line()
                    + " and in line " + lineNumber + "; keep one of them");
        } else {
            given.put(key, new Given(value, lineNumber, line.column()));
        }
    }

    private void tell(int line, int column, String message) {
        faults.add(new Fault(fileName, line, column, message));
    }
}
