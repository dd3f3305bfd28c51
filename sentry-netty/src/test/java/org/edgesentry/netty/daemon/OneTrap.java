package org.edgesentry.netty.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration of a sensor that is flooded: TCP port 111 is its only trap, and all its files are together. */
final class OneTrap {

    private OneTrap() {
    }

    /** Writes the file, with these lines more. */
    static Path write(Path directory, String... more) throws IOException {
        return Files.writeString(directory.resolve("portsentry.conf"), """
                TCP_PORTS="111"
                UDP_PORTS=""
                HISTORY_FILE="%1$s/history"
                BLOCKED_FILE="%1$s/blocked"
                STATE_DIR="%1$s"
                CONTROL_SOCKET="%1$s/socket"
                %2$s
                """.formatted(directory, String.join("\n", more)));
    }
}
