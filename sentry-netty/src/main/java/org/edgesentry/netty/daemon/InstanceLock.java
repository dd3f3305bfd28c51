package org.edgesentry.netty.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second daemon from starting: a lock on a file beside the control socket, which the kernel gives up when the
 * process ends, however it ends. Thread: any.
 */
final class InstanceLock implements AutoCloseable {

    private final FileChannel channel;

    private InstanceLock(FileChannel channel) {
        this.channel = channel;
    }

    static InstanceLock acquire(Path controlSocket) throws StartFailure {
        Path file = controlSocket.resolveSibling(controlSocket.getFileName() + ".lock");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new StartFailure(StartFailure.COULD_NOT_WORK, "another Edge Sentry is running (process "
                        + holder(channel) + " holds " + file + "); stop it first, or set another CONTROL_SOCKET");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
            return new InstanceLock(channel);
        } catch (IOException e) {
            String reason = e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
            throw new StartFailure(StartFailure.COULD_NOT_WORK, "cannot lock " + file + " (" + reason
                    + "); run as root, or set CONTROL_SOCKET to a place that can be written");
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        int length = channel.read(pid, 0);
        return length <= 0 ? "unknown" : new String(pid.array(), 0, length, StandardCharsets.UTF_8).trim();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock ends with the process, which is about to end.
        }
    }
}
