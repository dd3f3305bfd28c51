package org.edgesentry.core.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.edgesentry.core.text.PrintableText;

/**
 * A path. PortSentry takes a relative one from the directory that it is started in, so for its keys that is done here
 * as well; for a key of our own it would only mean another file for each such directory.
 *
 * @param maxBytes longest path that the kernel takes in this place
 * @param mayBeRelative whether a relative path is made absolute, or refused
 */
record PathType(int maxBytes, boolean mayBeRelative) implements ValueType<Path> {

    /** PATH_MAX of Linux without its closing NUL, path_resolution(7). */
    static final int FILE_BYTES = 4_095;
    /** The room for a path in a Unix socket address without its closing NUL, unix(7). */
    static final int SOCKET_BYTES = 107;

    @Override
    public Path read(String text, Faults faults) {
        if (text.isEmpty()) {
            faults.at(0, "the path must not be empty");
        } else if (!text.startsWith("/") && (!mayBeRelative || text.startsWith("~"))) {
            // Only a shell would know whose home directory ~ is.
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
            Path path = Path.of(text).toAbsolutePath();
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
