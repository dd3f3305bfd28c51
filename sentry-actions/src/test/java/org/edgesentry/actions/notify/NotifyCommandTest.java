package org.edgesentry.actions.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.edgesentry.actions.command.CommandRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class NotifyCommandTest {

    private static final Digest DIGEST = NewsFixture.digest("192.0.2.7", "192.0.2.8");

    @TempDir
    Path directory;

    private static Delivery deliver(CommandRunner runner, String command) {
        return new NotifyCommand(runner, command, "$COUNT$ on $HOST$\\n$LIST$").deliver(DIGEST);
    }

    @Test
    void deliver_command_getsTextAndMacros() throws IOException {
        Path out = directory.resolve("out");

        assertThat(deliver(new CommandRunner(), "{ echo $COUNT$ $BLOCKS$ $SCANS$ $TARGET$ $HOST$; cat; } > " + out))
                .isEqualTo(Delivery.done(""));
        assertThat(Files.readAllLines(out)).startsWith("2 2 0 192.0.2.7 edge1", "2 on edge1")
                .anyMatch(line -> line.startsWith("192.0.2.8: blocked until")).hasSize(4);
    }

    @Test
    void deliver_commandFails_isTriedAgain() {
        assertThat(deliver(new CommandRunner(), "cat > /dev/null; echo no modem; exit 3"))
                .isEqualTo(Delivery.later("no modem"));
        assertThat(deliver(new CommandRunner(), "exit 3")).isEqualTo(Delivery.later("exit status 3"));
    }

    @Test
    void deliver_commandHangs_isKilled() {
        assertThat(deliver(new CommandRunner(Duration.ofMillis(200), 100), "while :; do read x < /dev/zero; done"))
                .isEqualTo(Delivery.later("no end within 200 ms: killed"));
    }
}
