package org.edgesentry.actions.kernel;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.edgesentry.actions.command.ProgramPath;

/** Makes sure that the programs which a test of the real kernel needs are on the machine. */
public final class Tools {

    /** Other JVMs run tests at the same time, and apt-get waits for nobody. */
    private static final String LOCK = "/run/lock/edge-sentry-tests";

    private Tools() {
    }

    /** Installs the Debian package unless the program is there; fails with what to do otherwise. */
    public static void require(String program, String debianPackage) {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new IllegalStateException("this test changes the kernel's rules: run it as root");
        }
        if (find(program).isEmpty()) {
            run(List.of("flock", LOCK, "apt-get", "update"));
            run(List.of("flock", LOCK, "apt-get", "install", "-y", "--no-install-recommends", debianPackage));
        }
        if (find(program).isEmpty()) {
            throw new IllegalStateException(program + " is missing: install the Debian package " + debianPackage);
        }
    }

    private static Optional<String> find(String program) {
        return ProgramPath.SYSTEM.find(program);
    }

    /** Runs the command and gives its output; fails unless it ends with status 0. */
    public static String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(String.join(" ", command) + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
