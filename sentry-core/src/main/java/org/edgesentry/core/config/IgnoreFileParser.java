package org.edgesentry.core.config;

import java.util.ArrayList;
import java.util.List;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.text.PrintableText;

/**
 * Reads portsentry.ignore: an address or network a line, IPv4 or IPv6, with a prefix length or a dotted mask; comments
 * from {@code #}, behind an entry too. {@code 0.0.0.0}, which stands in every old file, is that one address.
 *
 * <p>Thread: any; each call stands alone. Errors: none thrown, whatever the bytes are; see {@link IgnoreResult}.
 */
public final class IgnoreFileParser {

    private final String fileName;
    private final List<IgnoreEntry> entries = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();

    private IgnoreFileParser(String fileName) {
        this.fileName = fileName;
    }

    /**
     * Reads the content of a file.
     *
     * @param fileName what the faults call it
     * @param content its bytes
     */
    public static IgnoreResult parse(String fileName, byte[] content) {
        IgnoreFileParser parser = new IgnoreFileParser(fileName);
        List<String> lines = ConfigText.lines(content);
        for (int i = 0; i < lines.size(); i++) {
            if (!ConfigLine.isBlankOrComment(lines.get(i))) {
                parser.take(lines.get(i), i + 1);
            }
        }
        return new IgnoreResult(parser.entries, parser.faults);
    }

    private void take(String line, int lineNumber) {
        int start = ConfigText.skipBlanks(line, 0);
        int end = start;
        while (end < line.length() && !ConfigText.isBlank(line.charAt(end)) && line.charAt(end) != '#') {
            end++;
        }
        try {
            entries.add(new IgnoreEntry(CidrParser.parse(line.substring(start, end)), lineNumber));
        } catch (IllegalArgumentException e) {
            tell(lineNumber, start, e.getMessage());
        }
        int rest = ConfigText.skipBlanks(line, end);
        if (rest < line.length() && line.charAt(rest) != '#') {
            tell(lineNumber, rest, "one entry a line; unexpected " + PrintableText.quote(line.substring(rest)));
        }
    }

    private void tell(int line, int index, String message) {
        faults.add(new Fault(fileName, line, index + 1, message));
    }
}
