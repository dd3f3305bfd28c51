package org.edgesentry.actions.deny;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import org.edgesentry.actions.ActionLimits;

/**
 * What is to be kept of a file that is replaced, and by what it is seen that somebody else has changed it meanwhile.
 * Thread: immutable.
 *
 * @param mode st_mode, inode(7)
 * @param uid its owner
 * @param gid its group
 */
record FileStamp(int mode, int uid, int gid, long inode, long size, FileTime changed) {

    static final int NEW_FILE_MODE = 0644;

    private static final int PERMISSIONS = 07777;
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int SYMBOLIC_LINK = 0120000;
    private static final int WRITABLE_BY_ALL = 0002;

    /** The stamp of a file that may be replaced; empty when there is none. */
    static Optional<FileStamp> of(Path file) throws IOException {
        try {
            Map<String, Object> stat =
                    Files.readAttributes(file, "unix:mode,uid,gid,ino,size,ctime", LinkOption.NOFOLLOW_LINKS);
            FileStamp stamp = new FileStamp((Integer) stat.get("mode"), (Integer) stat.get("uid"),
                    (Integer) stat.get("gid"), (Long) stat.get("ino"), (Long) stat.get("size"),
                    (FileTime) stat.get("ctime"));
            stamp.check(file);
            return Optional.of(stamp);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void check(Path file) throws IOException {
        if ((mode & TYPE) == SYMBOLIC_LINK) {
            throw refused(file, "is a symbolic link, and nothing is written through one");
        }
        if ((mode & TYPE) != REGULAR) {
            throw refused(file, "is not a regular file");
        }
        if ((mode & WRITABLE_BY_ALL) != 0) {
            throw refused(file, "can be written by everybody: chmod o-w it first");
        }
        if (size > ActionLimits.HOSTS_DENY_BYTES) {
            throw refused(file, "has more than " + ActionLimits.HOSTS_DENY_BYTES + " bytes: clear it out");
        }
    }

    int permissions() {
        return mode & PERMISSIONS;
    }

    private static IOException refused(Path file, String reason) {
        return new FileSystemException(file.toString(), null, reason);
    }
}
