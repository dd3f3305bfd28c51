package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of the launcher that has ended: its exit status and what is on which output. Thread: immutable. */
record CommandRun(int status, String out, String err) {

    /** Runs {@code sentry} with these words. */
    static CommandRun sentry(String... words) {
        List<String> command = new ArrayList<>(List.of(SentryProcess.launcher().toAbsolutePath().toString()));
        command.addAll(List.of(words));
        return of(command);
    }

    /** Runs any command, for two minutes at most. */
    static CommandRun of(List<String> command) {
        try {
            Path out = Files.createTempFile("sentry", ".out");
            Path err = Files.createTempFile("sentry", ".err");
            Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile())
                    .start();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
            CommandRun run = new CommandRun(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(command + " was interrupted", e);
        }
    }
}
