package org.edgesentry.netty.daemon;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** Whether standard output or standard error is a terminal, and what it can show. Thread: main. */
enum Terminal {

    /** Standard output. */
    OUTPUT(1),
    /** Standard error. */
    ERRORS(2);

    private static final int USUAL_COLUMNS = 100;
    private static final int BUFFER_BYTES = 1 << 16;
    /** The devices that Linux gives to terminals; {@code System.console()} does not tell the two outputs apart. */
    private static final Pattern DEVICE = Pattern.compile("/dev/(pts/|tty|console).*");
    private static final Pattern COLUMNS = Pattern.compile("[1-9][0-9]{0,3}");

    private final int descriptor;

    Terminal(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Standard output with a buffer, in UTF-8 whatever the locale; to be closed. */
    static PrintStream standardOutput() {
        FileOutputStream descriptor = new FileOutputStream(FileDescriptor.out);
        return new PrintStream(new BufferedOutputStream(descriptor, BUFFER_BYTES), false, StandardCharsets.UTF_8);
    }

    boolean isThere() {
        try {
            Path device = Files.readSymbolicLink(Path.of("/proc/self/fd", String.valueOf(descriptor)));
            return DEVICE.matcher(device.toString()).matches();
        } catch (IOException e) {
            return false;
        }
    }

    /** Not where the user has said so: no-color.org. */
    boolean hasColours() {
        String refused = System.getenv("NO_COLOR");
        return isThere() && (refused == null || refused.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
    }

    /** What COLUMNS says, else what the terminal says, else 100. */
    int columns(CommandSpec spec) {
        String told = System.getenv("COLUMNS");
        if (told != null && COLUMNS.matcher(told).matches()) {
            return Integer.parseInt(told);
        }
        return isThere() ? spec.usageMessage().autoWidth(true).width() : USUAL_COLUMNS;
    }
}
