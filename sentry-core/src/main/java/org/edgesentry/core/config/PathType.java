package org.edgesentry.core.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.edgesentry.core.text.PrintableText;

/**
 * An absolute path. A relative one would mean another file for each directory that the daemon is started from.
 *
 * @param maxBytes longest path that the kernel takes in this place
 */
record PathType(int maxBytes) implements ValueType<Path> {

    /** PATH_MAX of Linux without its closing NUL, path_resolution(7). */
    static final int FILE_BYTES = 4_095;
    /** The room for a path in a Unix socket address without its closing NUL, unix(7). */
    static final int SOCKET_BYTES = 107;

    @Override
    public Path read(String text, Faults faults) {
        if (text.isEmpty()) {
            faults.at(0, "the path must not be empty");
        } else if (!text.startsWith("/")) {
            faults.at(0, "the path " + PrintableText.quote(text) + " must be absolute: begin with /");
        } else if (text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            faults.at(0, "the path is longer than " + maxBytes + " bytes");
        } else {
            return absolute(text, faults);
        }
        return null;
    }

    private static Path absolute(String text, Faults faults) {
        try {
            Path path = Path.of(text);
            if (path.getFileName() != null) {
                return path;
            }
            faults.at(0, "the path " + PrintableText.quote(text) + " names no file");
        } catch (InvalidPathException e) {
            // Under a locale without UTF-8 the JDK cannot name every file.
            faults.at(0, "the path " + PrintableText.quote(text) + " cannot be used under this locale; "
                    + "use ASCII or start with LC_ALL=C.UTF-8");
        }
        return null;
    }
}
