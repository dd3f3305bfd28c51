package org.edgesentry.netty.capture.ring;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.edgesentry.netty.capture.CaptureException;
import org.edgesentry.netty.system.LibC;
import org.edgesentry.netty.system.NativeMemory;

/**
 * Waits for a socket, and can be told to stop waiting (poll(2), eventfd(2)).
 *
 * <p>Thread: {@link #await} for the capture thread, {@link #wake} for any; {@link #close} after the last await.
 */
final class WakeUp implements AutoCloseable {

    /** {@code struct pollfd}: descriptor, wanted events, returned events. */
    private static final int POLLFD_BYTES = 8;
    private static final int EVENTS = 4;
    private static final int RETURNED = 6;

    private final int eventFd;
    private final ByteBuffer pollFds = NativeMemory.allocate(2 * POLLFD_BYTES);
    private final long pollAddress = NativeMemory.address(pollFds);

    private WakeUp(int eventFd, int socketFd) {
        this.eventFd = eventFd;
        pollFds.putInt(0, socketFd).putShort(EVENTS, LibC.POLLIN);
        pollFds.putInt(POLLFD_BYTES, eventFd).putShort(POLLFD_BYTES + EVENTS, LibC.POLLIN);
    }

    static WakeUp forSocket(int socketFd) throws CaptureException {
        int eventFd = LibC.eventfd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK);
        if (eventFd < 0) {
            throw Errno.failure("cannot make an eventfd");
        }
        return new WakeUp(eventFd, socketFd);
    }

    /** Waits for packets or {@link #wake}, without allocating; false when the socket has an error. */
    boolean await() {
        pollFds.putShort(RETURNED, (short) 0);
        LibC.poll(pollAddress, 2, -1);
        return (pollFds.getShort(RETURNED) & ~LibC.POLLIN) == 0;
    }

    /** Ends the present and every later wait at once. */
    void wake() {
        ByteBuffer one = NativeMemory.allocate(Long.BYTES).putLong(0, 1);
        LibC.write(eventFd, NativeMemory.address(one), Long.BYTES);
        Reference.reachabilityFence(one);
    }

    @Override
    public void close() {
        LibC.close(eventFd);
    }
}
