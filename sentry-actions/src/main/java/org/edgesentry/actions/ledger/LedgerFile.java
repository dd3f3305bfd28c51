package org.edgesentry.actions.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code ledger.db} and the files that SQLite keeps beside it. A new one is made under another name and put in place
 * when it is complete, so that what is there is never half a ledger.
 *
 * <p>Nothing here opens the file while SQLite has it open: closing it would take SQLite's locks away (fcntl(2)).
 *
 * <p>Thread: one.
 */
final class LedgerFile {

    /** The write-ahead log, its index, and the journal of a file that is not in that mode. */
    static final List<String> COMPANIONS = List.of("-wal", "-shm", "-journal");

    private static final String NAME = "ledger.db";
    /** sqlite.org/fileformat.html, 1.3.1. */
    private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final FileAttribute<Set<PosixFilePermission>> MODE_0750 = mode("rwxr-x---");
    private static final FileAttribute<Set<PosixFilePermission>> MODE_0640 = mode("rw-r-----");

    private final Path directory;
    private final Path path;
    private final Path unfinished;
    private final SetAside setAside;

    LedgerFile(Path stateDirectory) {
        this.directory = stateDirectory.toAbsolutePath();
        this.path = directory.resolve(NAME);
        this.unfinished = directory.resolve(NAME + ".new");
        this.setAside = new SetAside(path);
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }

    Path directory() {
        return directory;
    }

    Path path() {
        return path;
    }

    /** Where a new one is made. */
    Path unfinished() {
        return unfinished;
    }

    /** Makes the directory, and those above it with the usual mode. */
    void makeDirectory() throws IOException {
        if (!Files.isDirectory(directory)) {
            Path parent = directory.getParent();
            if (parent != null && !Files.isDirectory(parent)) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(directory, MODE_0750);
        }
    }

    /** Whether there is anything under its name or those beside it. */
    boolean exists() {
        return isThere(path) || COMPANIONS.stream().anyMatch(end -> isThere(beside(path, end)));
    }

    /** What is wrong with it at first sight. */
    Optional<String> oddity() throws IOException {
        if (!isThere(path)) {
            return Optional.of("it is gone, and what belonged to it is still there");
        }
        for (Path file : List.of(path, beside(path, "-wal"), beside(path, "-shm"), beside(path, "-journal"))) {
            if (isThere(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(file.getFileName() + " is no regular file");
            }
        }
        if (Files.size(path) < LedgerSchema.PAGE_BYTES) {
            return Optional.of(Files.size(path) == 0 ? "it is empty" : "it is cut off");
        }
        return hasHeader() ? Optional.empty() : Optional.of("it is not a database");
    }

    /** SQLite itself would throw the log of such a file away. */
    private boolean hasHeader() throws IOException {
        try (InputStream content = Files.newInputStream(path)) {
            return Arrays.equals(HEADER, content.readNBytes(HEADER.length));
        }
    }

    /** Makes an empty file for a new one. */
    void beginUnfinished() throws IOException {
        dropUnfinished();
        Files.createFile(unfinished, MODE_0640);
    }

    void dropUnfinished() throws IOException {
        SetAside.deleteWithCompanions(unfinished);
    }

    /** Gives the new one its name, for good: also after a loss of power. */
    void putInPlace() throws IOException {
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    /** Moves what is there out of the way and gives its new name; empty when nothing is there. */
    Optional<String> setAside(long epochNanos) throws IOException {
        return exists() ? Optional.of(setAside.move(epochNanos)) : Optional.empty();
    }

    static Path beside(Path file, String end) {
        return file.resolveSibling(file.getFileName() + end);
    }

    static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
