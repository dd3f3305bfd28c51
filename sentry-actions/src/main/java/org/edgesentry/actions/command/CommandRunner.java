package org.edgesentry.actions.command;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.edgesentry.actions.ActionLimits;

/**
 * Runs one program at a time, with a deadline, a cap on what is kept of its output, and nothing of our environment but
 * a fixed PATH. Output is polled, not awaited: a program in the background that keeps the pipe open holds up nobody.
 *
 * <p>What an administrator wrote runs through the shell, since old files hold pipes and {@code &&}, and in a session of
 * its own (setsid(1)): beyond the deadline the whole of it can then be killed, also what has lost its parent.
 *
 * <p>Thread: any, one at a time. Errors: none is thrown; the result carries the words.
 */
public final class CommandRunner {

    private static final File NO_INPUT = new File("/dev/null");
    private static final long SLICE_MILLIS = 5;
    private static final String SHELL = "/bin/sh";
    private static final Optional<String> SETSID = ProgramPath.SYSTEM.find("setsid");

    private final long deadlineMillis;
    private final int maxOutputBytes;

    /** A runner with the bounds of {@link ActionLimits}. */
    public CommandRunner() {
        this(ActionLimits.COMMAND_DEADLINE, ActionLimits.COMMAND_OUTPUT_BYTES);
    }

    /**
     * A runner with its own bounds.
     *
     * @param deadline a program that runs longer is killed
     * @param maxOutputBytes what is kept of its output; the rest is read and thrown away
     */
    public CommandRunner(Duration deadline, int maxOutputBytes) {
        this.deadlineMillis = deadline.toMillis();
        this.maxOutputBytes = maxOutputBytes;
    }

    /** Runs the program without input. */
    public CommandResult run(List<String> command) {
        return run(command, "");
    }

    /** Runs a line of an administrator's through the shell. */
    public CommandResult runShell(String line) {
        return runShell(line, "");
    }

    /** Runs a line of an administrator's through the shell, with the text as its standard input. */
    public CommandResult runShell(String line, String input) {
        List<String> command = new ArrayList<>(List.of(SHELL, "-c", line));
        SETSID.ifPresent(setsid -> command.add(0, setsid));
        return run(command, input, SETSID.isPresent());
    }

    /** Runs the program with the text as its standard input. */
    public CommandResult run(List<String> command, String input) {
        return run(command, input, false);
    }

    private CommandResult run(List<String> command, String input, boolean ownSession) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", ProgramPath.TEXT);
        if (input.isEmpty()) {
            builder.redirectInput(NO_INPUT);
        }
        try {
            return await(builder.start(), input, ownSession);
        } catch (IOException e) {
            return CommandResult.notStarted("cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CommandResult(false, "interrupted");
        }
    }

    private CommandResult await(Process process, String input, boolean ownSession)
            throws IOException, InterruptedException {
        try {
            if (!input.isEmpty()) {
                feed(process.getOutputStream(), input);
            }
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            for (long left = deadlineMillis; left > 0; left -= SLICE_MILLIS) {
                keepAvailable(process.getInputStream(), kept);
                if (process.waitFor(SLICE_MILLIS, TimeUnit.MILLISECONDS)) {
                    keepAvailable(process.getInputStream(), kept);
                    return ended(process.exitValue(), kept);
                }
            }
            return new CommandResult(false, "no end within " + deadlineMillis + " ms: killed");
        } finally {
            end(process, ownSession);
        }
    }

    /** Kills what still runs, children first; for a process that has ended this only closes its pipes. */
    private static void end(Process process, boolean ownSession) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            if (ownSession) {
                killGroup(process.pid());
            }
        }
        process.destroyForcibly();
    }

    /** The JVM knows no process groups; kill(1p) does. The session's leader has the number of its group. */
    private static void killGroup(long leader) {
        try {
            new ProcessBuilder(SHELL, "-c", "kill -s KILL -- -" + leader).redirectErrorStream(true)
                    .redirectInput(NO_INPUT).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            // No more processes can be made; what is known of the command's is killed one by one.
            return;
        }
    }

    private static CommandResult ended(int status, ByteArrayOutputStream kept) {
        String output = kept.toString(StandardCharsets.UTF_8).strip();
        return status == 0
                ? new CommandResult(true, output)
                : new CommandResult(false, output.isEmpty() ? "exit status " + status : output);
    }

    /** A thread, because a program that does not read its input must not hold up the deadline. */
    private static void feed(OutputStream pipe, String input) {
        Thread feeder = new Thread(() -> {
            try (pipe) {
                pipe.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The program ended before it had read everything; its exit status tells.
                return;
            }
        }, "command-input");
        feeder.setDaemon(true);
        feeder.start();
    }

    private void keepAvailable(InputStream output, ByteArrayOutputStream kept) throws IOException {
        byte[] buffer = new byte[4096];
        int reads = 0;
        while (output.available() > 0 && reads++ < 64) {
            int count = output.read(buffer, 0, Math.min(buffer.length, output.available()));
            if (count <= 0) {
                return;
            }
            kept.write(buffer, 0, Math.min(count, maxOutputBytes - kept.size()));
        }
    }
}
