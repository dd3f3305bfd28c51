package org.edgesentry.netty.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.function.Supplier;

/**
 * What was made of a file, or of a directory whose files are replaced and never rewritten, kept for as long as it has
 * not changed: looking at its attributes costs a few microseconds. What could not be read is tried again.
 *
 * <p>Thread: one.
 *
 * @param <T> what is made of it
 */
final class Remembered<T> {

    private final Path path;
    private final Supplier<Reading<T>> reader;
    private Stamp stamp;
    private boolean isSettled;
    private Reading<T> value;

    Remembered(Path path, Supplier<Reading<T>> reader) {
        this.path = path;
        this.reader = reader;
    }

    /** The value as the file is now. */
    Reading<T> get() {
        Stamp now = Stamp.of(path);
        boolean isAsBefore = now.equals(stamp);
        if (!isAsBefore || !isSettled) {
            value = reader.get();
        }
        // Two writes within a tick of the kernel's clock leave the same time, so what is new is read once more.
        isSettled = isAsBefore && value.problems().isEmpty();
        stamp = now;
        return value;
    }

    /** What changes when the file does. */
    private record Stamp(Object key, FileTime modified, long bytes) {

        static final Stamp ABSENT = new Stamp("", FileTime.fromMillis(0), 0);

        static Stamp of(Path path) {
            // Many hosts lack some of these files, and an exception would cost more than all else here.
            if (!path.toFile().exists()) {
                return ABSENT;
            }
            try {
                BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
                return new Stamp(found.fileKey(), found.lastModifiedTime(), found.size());
            } catch (IOException e) {
                return ABSENT;
            }
        }
    }
}
