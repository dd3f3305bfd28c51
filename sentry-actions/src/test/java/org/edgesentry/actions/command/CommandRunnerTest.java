package org.edgesentry.actions.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommandRunnerTest {

    private final CommandRunner runner = new CommandRunner();
    private final CommandRunner impatient = new CommandRunner(Duration.ofMillis(1_500), 4096);

    private static List<String> shell(String script) {
        return List.of("/bin/sh", "-c", script);
    }

    @Test
    void run_programReadsItsInput_outputIsGiven() {
        String input = "line\n".repeat(100_000);

        assertThat(runner.run(List.of("wc", "-l"), input)).isEqualTo(new CommandResult(true, "100000"));
    }

    @Test
    void run_programIgnoresALongInput_ends() {
        assertThat(runner.run(List.of("true"), "x".repeat(1_000_000)).succeeded()).isTrue();
    }

    @Test
    void run_withoutInput_readsNothing() {
        assertThat(runner.run(List.of("cat"))).isEqualTo(new CommandResult(true, ""));
    }

    @Test
    void run_statusIsNotZero_failsWithTheProgramsWords() {
        assertThat(runner.run(shell("echo no such chain >&2; exit 3")))
                .isEqualTo(new CommandResult(false, "no such chain"));
        assertThat(runner.run(shell("exit 3"))).isEqualTo(new CommandResult(false, "exit status 3"));
    }

    @Test
    void run_programIsNotThere_fails() {
        CommandResult result = runner.run(List.of("/nonexistent/nft"));

        assertThat(result.succeeded()).isFalse();
        assertThat(result.words()).startsWith("cannot be run: ").contains("/nonexistent/nft");
    }

    @Test
    void run_environment_isAPathOnly() {
        assertThat(runner.run(List.of("/usr/bin/env")).words()).isEqualTo("PATH=" + ProgramPath.TEXT);
    }

    @Test
    void run_programWritesForever_isCutAndKilled() {
        CommandResult result = impatient.run(List.of("yes"));

        assertThat(result).isEqualTo(new CommandResult(false, "no end within 1500 ms: killed"));
    }

    @Test
    void run_muchOutput_isCapped() {
        CommandResult result = runner.run(shell("yes | head -n 200000"));

        assertThat(result.succeeded()).isTrue();
        assertThat(result.words().length()).isBetween(1, 4096);
    }

    @Test
    void run_beyondTheDeadline_killsTheChildrenToo(@TempDir Path directory) throws IOException {
        Path pid = directory.resolve("pid");

        CommandResult result = impatient.run(shell("sh -c 'echo $$ > " + pid + "; exec sleep 1000'; true"));

        assertThat(result.succeeded()).isFalse();
        long child = Long.parseLong(Files.readString(pid).strip());
        await().until(() -> ProcessHandle.of(child).map(process -> !process.isAlive()).orElse(true));
    }

    @Test
    void runShell_beyondTheDeadline_killsWhatHasLostItsParentToo(@TempDir Path directory) throws IOException {
        Path pid = directory.resolve("pid");

        CommandResult result = impatient.runShell("( sh -c 'echo $$ > " + pid + "; exec sleep 1000' & ); sleep 1000");

        assertThat(result.succeeded()).isFalse();
        long orphan = Long.parseLong(Files.readString(pid).strip());
        await().until(() -> ProcessHandle.of(orphan).map(process -> !process.isAlive()).orElse(true));
    }

    @Test
    void runShell_pipesAndLists_areTheShells() {
        assertThat(impatient.runShell("true && echo a b | tr a c")).isEqualTo(new CommandResult(true, "c b"));
    }

    @Test
    void run_programLeavesAnotherInTheBackground_doesNotWaitForIt(@TempDir Path directory) throws IOException {
        Path pid = directory.resolve("pid");

        CommandResult result = runner.run(shell("sleep 1000 & echo $! > " + pid + "; echo done"));

        assertThat(result).isEqualTo(new CommandResult(true, "done"));
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
    }
}
