package org.edgesentry.actions.history;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * A file that is only ever appended to, mode 0640 when it is new, and never reached through a symbolic link: the daemon
 * is root, and the directory may not be its own.
 *
 * <p>Thread: one at a time.
 */
final class AppendedFile {

    private static final Set<OpenOption> APPEND = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    private static final FileAttribute<Set<PosixFilePermission>> MODE_0640 =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

    private final Path file;
    private FileChannel channel;
    private Object inode;

    AppendedFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** The open file; opened anew when another file, or none, has its name now. */
    FileChannel channel() throws IOException {
        if (channel != null && !Objects.equals(inode, inodeOfName())) {
            close();
        }
        if (channel == null) {
            open();
        }
        return channel;
    }

    private void open() throws IOException {
        if (Files.isSymbolicLink(file)) {
            throw new FileSystemException(file.toString(), null, "is a symbolic link: name the file itself");
        }
        if (isPipe()) {
            throw new FileSystemException(file.toString(), null, "is a pipe, which may keep us waiting: name a file");
        }
        Files.createDirectories(file.getParent());
        channel = FileChannel.open(file, APPEND, MODE_0640);
        inode = inodeOfName();
    }

    /** Type bits of st_mode, inode(7). */
    private boolean isPipe() throws IOException {
        return Files.exists(file) && ((int) Files.getAttribute(file, "unix:mode") & 0xF000) == 0x1000;
    }

    private Object inodeOfName() {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Nothing is buffered here, so nothing is lost with the descriptor.
            return;
        } finally {
            channel = null;
        }
    }
}
