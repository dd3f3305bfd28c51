package org.edgesentry.actions.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where programs are looked for: the system's own directories, whatever PATH the daemon was started with, so that
 * nobody can slip another {@code iptables} under a root process.
 *
 * <p>Thread: immutable.
 */
public final class ProgramPath {

    static final String TEXT = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** The system's own directories. */
    public static final ProgramPath SYSTEM = new ProgramPath(Arrays.stream(TEXT.split(":")).map(Path::of).toList());

    private final List<Path> directories;

    /** A path of these directories. */
    public ProgramPath(List<Path> directories) {
        this.directories = List.copyOf(directories);
    }

    /** The full name of the program, if it is installed. */
    public Optional<String> find(String program) {
        return directories.stream().map(directory -> directory.resolve(program))
                .filter(Files::isExecutable).findFirst().map(Path::toString);
    }
}
