package org.edgesentry.actions.notify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this host, as the kernel has it: no name server is asked. Thread: any. */
final class HostName {

    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {
    }

    static String own() {
        try {
            return clean(Files.readString(KERNEL));
        } catch (IOException e) {
            return clean("");
        }
    }

    /** What a shell, a mail header and a mail server can take: letters, digits, dots and hyphens; at least one. */
    static String clean(String name) {
        String kept = name.replaceAll("[^A-Za-z0-9.-]", "").replaceAll("^[.-]+|[.-]+$", "");
        return kept.isEmpty() || kept.length() > 253 ? "localhost" : kept;
    }
}
