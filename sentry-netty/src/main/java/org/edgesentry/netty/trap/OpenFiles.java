package org.edgesentry.netty.trap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.netty.system.LibC;
import org.edgesentry.netty.system.NativeMemory;

/**
 * The limit of open files (getrlimit(2)). The JVM has raised the soft limit to the hard one; root may raise the hard
 * one too, up to fs.nr_open.
 *
 * <p>Thread: any.
 */
final class OpenFiles {

    private static final Logger LOG = LogManager.getLogger(OpenFiles.class);
    private static final Path HIGHEST = Path.of("/proc/sys/fs/nr_open");
    private static final int HARD = Long.BYTES;

    private OpenFiles() {
    }

    /** Makes room for so many open files, if that is allowed; the limit that is now in force. */
    static long allow(long needed) {
        NativeMemory limits = new NativeMemory(2 * Long.BYTES);
        if (LibC.getrlimit(LibC.RLIMIT_NOFILE, limits.address(0)) < 0) {
            return needed;
        }
        long soft = limits.host().getLong(0);
        long hard = limits.host().getLong(HARD);
        if (Long.compareUnsigned(soft, needed) >= 0) {
            return soft;
        }
        long wanted = Math.min(needed, highest());
        long reachable = Long.compareUnsigned(hard, wanted) >= 0 ? wanted : hard;
        for (long limit : new long[] {wanted, reachable}) {
            limits.host().putLong(0, limit).putLong(HARD, Long.compareUnsigned(hard, limit) > 0 ? hard : limit);
            if (limit > soft && LibC.setrlimit(LibC.RLIMIT_NOFILE, limits.address(0)) == 0) {
                LOG.info("The limit of open files was raised from {} to {}", soft, limit);
                return limit;
            }
        }
        return soft;
    }

    private static long highest() {
        try {
            return Long.parseLong(Files.readString(HIGHEST).strip());
        } catch (IOException | NumberFormatException e) {
            LOG.debug("{} cannot be read: {}", HIGHEST, e.getMessage());
            return Long.MAX_VALUE;
        }
    }
}
