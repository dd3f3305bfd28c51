package org.edgesentry.netty.terminal;

import java.util.ArrayList;
import java.util.List;

/** Breaks text at blanks into lines of a width; a word that is longer has a line for itself. Thread: any. */
final class WrappedText {

    private WrappedText() {
    }

    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
