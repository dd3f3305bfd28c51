package org.edgesentry.actions.firewall;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgesentry.actions.ActionLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LibNftablesIT {

    private final List<InputStream> open = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (InputStream file : open) {
            file.close();
        }
    }

    /** select(2) with a higher one ends the process. */
    @Test
    void open_noLowDescriptorLeft_isRefused() throws Exception {
        new LibNftables().close();
        while (open.size() <= ActionLimits.HIGHEST_SELECTED_DESCRIPTOR) {
            open.add(Files.newInputStream(Path.of("/dev/null")));
        }

        assertThatThrownBy(LibNftables::new).isInstanceOf(FirewallException.class).hasMessageContaining("open files");
    }
}
