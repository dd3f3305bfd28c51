package org.edgesentry.netty.daemon;

import java.util.Set;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The program. Without a command it runs the daemon. Thread: main. */
@Command(name = "sentry", mixinStandardHelpOptions = true, versionProvider = Version.class,
        subcommands = {RunCommand.class, CheckCommand.class, ReplayCommand.class,
            StatusCommand.class, HostsCommand.class, BlocksCommand.class,
            BlockCommand.class, UnblockCommand.class, ReloadCommand.class,
            CompletionCommand.class, ManCommand.class},
        description = "Detects port scans against this host and shuts the scanner out.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done; a clean stop", "1:could not do it; a line says what to do",
            "2:bad usage or configuration", "3:the Java virtual machine ran out of memory"},
        footer = {"", "Without a command: run. Tools: sentry completion, sentry man."})
public final class Main {

    private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

    private Main() {
    }

    /** Runs a command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        CommandLine commandLine = new CommandLine(new Main())
                .setParameterExceptionHandler(Main::onBadUsage)
                .setExecutionExceptionHandler((failure, command, parsed) -> onFailure(failure, command));
        System.exit(commandLine.execute(withDefaultCommand(arguments)));
    }

    private static String[] withDefaultCommand(String[] arguments) {
        boolean runs = arguments.length == 0
                || arguments[0].startsWith("-") && !OWN_OPTIONS.contains(arguments[0]);
        return runs ? Stream.concat(Stream.of("run"), Stream.of(arguments)).toArray(String[]::new) : arguments;
    }

    private static int onBadUsage(ParameterException fault, String[] arguments) {
        CommandLine command = fault.getCommandLine();
        command.getErr().println("sentry: " + fault.getMessage() + "; see " + command.getCommandSpec().qualifiedName()
                + " --help");
        return StartFailure.BAD_CONFIGURATION;
    }

    private static int onFailure(Exception failure, CommandLine command) {
        LogManager.shutdown();
        if (failure instanceof StartFailure start) {
            start.lines().forEach(command.getErr()::println);
            return start.exitStatus();
        }
        failure.printStackTrace(command.getErr());
        command.getErr().println("sentry: this should not happen, please report it: " + failure);
        return StartFailure.COULD_NOT_WORK;
    }
}
