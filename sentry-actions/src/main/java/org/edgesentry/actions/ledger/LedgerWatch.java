package org.edgesentry.actions.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sees that the files which SQLite has open are still those that have their names: it would go on writing into a
 * deleted one, and all of that would be lost.
 *
 * <p>Thread: one.
 */
final class LedgerWatch {

    private final Path path;
    private final Map<Path, Object> inodes = new LinkedHashMap<>();
    private long bytes;
    private FileTime modified;

    /** Takes the files as they are now, the ledger being open. */
    LedgerWatch(Path path) {
        this.path = path;
        remember(path);
        LedgerFile.COMPANIONS.forEach(end -> remember(LedgerFile.beside(path, end)));
        note();
    }

    private void remember(Path file) {
        BasicFileAttributes attributes = attributes(file);
        if (attributes != null) {
            inodes.put(file, attributes.fileKey());
        }
    }

    /** What has become of a file that is no longer the same. */
    Optional<String> change() {
        for (Map.Entry<Path, Object> file : inodes.entrySet()) {
            BasicFileAttributes now = attributes(file.getKey());
            if (now == null) {
                return Optional.of(file.getKey().getFileName() + " was deleted");
            }
            if (!file.getValue().equals(now.fileKey())) {
                return Optional.of(file.getKey().getFileName() + " was replaced by another file");
            }
        }
        return Optional.empty();
    }

    /** Whether somebody else has written into the ledger, or has cut it off, since {@link #note}. */
    boolean isTouched() {
        BasicFileAttributes attributes = attributes(path);
        return attributes == null || attributes.size() != bytes || !attributes.lastModifiedTime().equals(modified);
    }

    /** As it is now, it is our own work. */
    void note() {
        BasicFileAttributes attributes = attributes(path);
        bytes = attributes == null ? 0 : attributes.size();
        modified = attributes == null ? null : attributes.lastModifiedTime();
    }

    private static BasicFileAttributes attributes(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return null;
        }
    }
}
