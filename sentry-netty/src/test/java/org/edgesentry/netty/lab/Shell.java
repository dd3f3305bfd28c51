package org.edgesentry.netty.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs that tests need, and installs them when they are missing. */
public final class Shell {

    /** Other JVMs run tests at the same time, and apt-get waits for nobody. */
    private static final String ALONE = "flock /run/lock/edge-sentry-tests ";
    private static boolean packageListIsFresh;

    private Shell() {
    }

    /** Runs a command line, words split at blanks; its output. Fails unless it ends with 0 within two minutes. */
    public static String run(String commandLine) {
        return run(List.of(commandLine.split(" ")));
    }

    /** Runs a command; its output. Fails unless it ends with 0 within two minutes. */
    public static String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError(command + " failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(command + " was interrupted", e);
        }
    }

    /** Makes sure that a program is there; as root it is installed from Debian's package. */
    public static synchronized void need(String program, String debianPackage) {
        if (isThere(program)) {
            return;
        }
        if (!packageListIsFresh) {
            run(ALONE + "apt-get update -q");
            packageListIsFresh = true;
        }
        install(debianPackage);
        if (!isThere(program)) {
            throw new AssertionError("these tests need " + program + ": install " + debianPackage);
        }
    }

    /** Installs Debian's package, unless it is there. */
    public static void install(String debianPackage) {
        run(ALONE + "apt-get install -y -q --no-install-recommends " + debianPackage);
    }

    private static boolean isThere(String program) {
        try {
            run(List.of("sh", "-c", "command -v " + program));
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }
}
