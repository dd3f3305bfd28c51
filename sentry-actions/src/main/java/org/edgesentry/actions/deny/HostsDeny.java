package org.edgesentry.actions.deny;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.edgesentry.actions.ActionLimits;

/**
 * The file hosts.deny of TCP wrappers, hosts_access(5), which is not ours: whatever stands in it stays as it is, byte
 * by byte, and only whole lines are added or taken out. Each change reads the file anew, writes another beside it with
 * the same mode and owner, and puts that in place with one rename, so that a reader sees the old list or the new one.
 *
 * <p>Thread: action worker only. Errors: an exception says why the file is as it was; its message is fit for the log.
 */
public final class HostsDeny {

    /** Where TCP wrappers look. */
    public static final Path SYSTEM = Path.of("/etc/hosts.deny");

    private static final Set<OpenOption> NEW_FILE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final FileAttribute<Set<PosixFilePermission>> OURS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int ATTEMPTS = 3;

    private final Path file;
    private final Path unfinished;

    /** This file, not looked at yet. */
    public HostsDeny(Path file) {
        this.file = file.toAbsolutePath();
        this.unfinished = this.file.resolveSibling("." + file.getFileName() + ".edge-sentry");
    }

    /** The file's name. */
    public Path file() {
        return file;
    }

    /**
     * Adds the lines that are not there yet, at the end.
     *
     * @return those that were added
     * @throws IOException when the file must not be touched, or cannot be written
     */
    public Set<String> add(Set<String> lines) throws IOException {
        return change(lines, Set.of());
    }

    /**
     * Takes out these lines, wherever and however often they stand there.
     *
     * @return those that were found
     * @throws IOException when the file must not be touched, or cannot be written
     */
    public Set<String> remove(Set<String> lines) throws IOException {
        return change(Set.of(), lines);
    }

    /** Somebody else may change the file while we do; then his change is taken up first. */
    private Set<String> change(Set<String> added, Set<String> removed) throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Optional<FileStamp> before = FileStamp.of(file);
            DenyText text = new DenyText(before.isPresent() ? read() : new byte[0]);
            Set<String> changed = new LinkedHashSet<>(text.remove(removed));
            changed.addAll(text.add(added));
            if (changed.isEmpty() || replace(before, text.bytes())) {
                return changed;
            }
        }
        throw new FileSystemException(file.toString(), null, "is being changed by somebody else all the time");
    }

    private byte[] read() throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(ActionLimits.HOSTS_DENY_BYTES + 1);
        }
    }

    private boolean replace(Optional<FileStamp> before, byte[] content) throws IOException {
        if (content.length > ActionLimits.HOSTS_DENY_BYTES) {
            throw new FileSystemException(file.toString(), null,
                    "would have more than " + ActionLimits.HOSTS_DENY_BYTES + " bytes: clear it out");
        }
        Files.deleteIfExists(unfinished);
        try {
            write(content);
            keepAttributes(before);
            if (!FileStamp.of(file).equals(before)) {
                return false;
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** On the disk before it is in place: after a loss of power there must be one of the two lists. */
    private void write(byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(unfinished, NEW_FILE, OURS_ALONE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(false);
        }
    }

    private void keepAttributes(Optional<FileStamp> before) throws IOException {
        if (before.isPresent()) {
            Files.setAttribute(unfinished, "unix:uid", before.get().uid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(unfinished, "unix:gid", before.get().gid(), LinkOption.NOFOLLOW_LINKS);
        }
        int permissions = before.map(FileStamp::permissions).orElse(FileStamp.NEW_FILE_MODE);
        Files.setAttribute(unfinished, "unix:mode", permissions);
    }
}
