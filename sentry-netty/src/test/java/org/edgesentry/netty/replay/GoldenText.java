package org.edgesentry.netty.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Output as it is expected, in {@code src/test/resources/replay}. With {@code -Dgolden.rewrite=true} what is there now
 * becomes what is expected: read the difference before you commit it.
 */
public final class GoldenText {

    private static final Path DIRECTORY = Path.of("src/test/resources/replay");

    private GoldenText() {
    }

    /** Compares with the file of that name, to the byte. */
    public static void check(String name, String actual) {
        Path path = DIRECTORY.resolve(name);
        try {
            if (Boolean.getBoolean("golden.rewrite")) {
                Files.writeString(path, actual);
            }
            assertThat(actual).isEqualTo(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
