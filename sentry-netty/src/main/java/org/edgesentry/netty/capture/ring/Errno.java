package org.edgesentry.netty.capture.ring;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.edgesentry.netty.capture.CaptureException;

/** Turns the error of a failed system call into a line for the administrator. Thread: the one that made the call. */
final class Errno {

    private Errno() {
    }

    /** The failure of the last call. */
    static CaptureException failure(String what) {
        int errno = Native.getLastError();
        return new CaptureException(what + ": " + text(errno) + advice(errno));
    }

    private static String text(int errno) {
        return new Pointer(LibC.strerror(errno)).getString(0);
    }

    private static String advice(int errno) {
        return switch (errno) {
            case LibC.EPERM, LibC.EACCES -> "; run as root or grant CAP_NET_RAW"
                    + " (systemd: AmbientCapabilities=CAP_NET_RAW)";
            case LibC.ENOMEM -> "; " + RingLayout.RING_BYTES / (1024 * 1024) + " MiB of kernel memory are needed:"
                    + " free some, or raise the memory limit of the service";
            case LibC.EAFNOSUPPORT -> "; load the kernel module af_packet, or add AF_PACKET to the unit's"
                    + " RestrictAddressFamilies; connect mode (--connect) works without";
            default -> "; connect mode (--connect) works without raw capture";
        };
    }
}
