package org.edgesentry.netty.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.edgesentry.netty.lab.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask: other users of the machine may not, whatever the mode of the socket says. */
class ControlPeersIT {

    @TempDir
    private Path directory;
    private final FakeOperator operator = new FakeOperator();
    private ControlServer server;

    @BeforeEach
    void open() throws IOException {
        Shell.need("socat", "socat");
        Shell.need("setpriv", "util-linux");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        server = ControlServer.open(directory.resolve("socket"), operator, () -> FakeOperator.NOW);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String askAs(String user) {
        String socat = "setpriv --reuid " + user + " --regid " + user + " --clear-groups socat -t 10 - UNIX-CONNECT:"
                + directory.resolve("socket");
        return Shell.run(List.of("sh", "-c", "echo '{\"command\":\"reload\"}' | " + socat + " 2>&1 || true")).strip();
    }

    @Test
    void nobody_isKeptOutByTheMode() {
        assertThat(askAs("65534")).contains("Permission denied");
        assertThat(server.counters().refused()).isZero();
    }

    @Test
    void nobody_whenTheModeHasBeenOpened_isRefusedByItsCredentials() throws IOException {
        Files.setPosixFilePermissions(directory.resolve("socket"), PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(askAs("65534")).isEqualTo(
                "{\"error\":\"user 65534 may not ask; run as root, or as the user of the daemon\"}");
        assertThat(server.counters().refused(Refusal.FOREIGN_PEER)).isEqualTo(1);
        assertThat(operator.orders).isEmpty();
        assertThat(askAs("0")).isEqualTo("{\"done\":true,\"message\":\"done\"}");
    }
}
