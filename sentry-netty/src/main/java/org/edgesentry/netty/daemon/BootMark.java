package org.edgesentry.netty.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Tells whether the machine has been started anew since the last run: what KILL_ROUTE did is gone then. The file
 * {@code boot_id} of STATE_DIR holds the kernel's own name for a boot (random(4)). Thread: composition root.
 */
final class BootMark {

    private static final Logger LOG = LogManager.getLogger(BootMark.class);
    private static final Path KERNEL = Path.of("/proc/sys/kernel/random/boot_id");

    private BootMark() {
    }

    /** Whether this is another boot than that of the last call with this directory; from now on it is not. */
    static boolean isNew(Path stateDirectory) {
        return isNew(stateDirectory.resolve("boot_id"), KERNEL);
    }

    static boolean isNew(Path mark, Path kernel) {
        try {
            byte[] now = Files.readAllBytes(kernel);
            boolean isNew = Files.exists(mark) && !new String(now, StandardCharsets.UTF_8).equals(
                    Files.readString(mark, StandardCharsets.ISO_8859_1));
            Files.write(mark, now);
            return isNew;
        } catch (IOException e) {
            LOG.debug("Whether the machine was started anew is not known: {}", e.getMessage());
            return false;
        }
    }
}
