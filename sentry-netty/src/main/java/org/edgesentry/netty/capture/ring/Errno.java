package org.edgesentry.netty.capture.ring;

import org.edgesentry.netty.capture.CaptureException;
import org.edgesentry.netty.system.LibC;

/** Turns the error of a failed system call into a line for the administrator. Thread: the one that made the call. */
final class Errno {

    private Errno() {
    }

    /** The failure of the last call. */
    static CaptureException failure(String what) {
        int errno = LibC.errno();
        return new CaptureException(what + ": " + LibC.errorText(errno) + advice(errno));
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
