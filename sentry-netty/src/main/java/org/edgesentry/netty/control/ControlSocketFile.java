package org.edgesentry.netty.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The file that the control socket is bound to. Thread: any. Errors: an administrator's line. */
final class ControlSocketFile {

    /** rw for the owner, nothing for anybody else. */
    static final int MODE = 0600;

    /** inode(7). */
    private static final int TYPE_MASK = 0170000;
    private static final int SOCKET = 0140000;

    private ControlSocketFile() {
    }

    /** Removes the socket of a daemon that is dead; the lock beside it says that none is alive. */
    static void removeStale(Path path) throws IOException {
        int mode;
        try {
            mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return;
        }
        if ((mode & TYPE_MASK) != SOCKET) {
            throw new NoSocketException(path + " is there and is no socket; move it away, or set another"
                    + " CONTROL_SOCKET");
        }
        Files.delete(path);
    }

    /** Something else is where the socket should be. */
    static final class NoSocketException extends IOException {

        private static final long serialVersionUID = 1L;

        NoSocketException(String message) {
            super(message);
        }
    }
}
