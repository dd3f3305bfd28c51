package org.edgesentry.netty.daemon;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.netty.system.LibC;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The program. Without a command it runs the daemon. Thread: main. */
@Command(name = "sentry", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Detects port scans against this host and shuts the scanner out.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done; a clean stop", "1:could not do it; a line says what to do",
            "2:bad usage or configuration", "3:the Java virtual machine ran out of memory"},
        footer = {"", "Without a command: run. Tools: sentry completion, sentry man."})
public final class Main {

    private static final String DAEMON = "run";
    private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");
    private static final Map<String, Class<?>> COMMANDS = commands();
    /** They tell of all the others. */
    private static final Set<String> TOOLS = Set.of("completion", "man");

    private Main() {
    }

    /** Runs a command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        String[] given = withDefaultCommand(arguments);
        if (given[0].equals(DAEMON)) {
            prepareDaemon();
        }
        boolean alone = COMMANDS.containsKey(given[0]) && !TOOLS.contains(given[0]);
        CommandLine commandLine = alone ? single(given[0]) : whole();
        commandLine.setParameterExceptionHandler(Main::onBadUsage);
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> onFailure(failure, command));
        System.exit(commandLine.execute(alone ? Arrays.copyOfRange(given, 1, given.length) : given));
    }

    private static void prepareDaemon() {
        HeadStart.on("log", LogManager::getFactory);
        HeadStart.on("native", () -> LibC.errorText(0));
        HeadStart.on("addresses", () -> Stream.of("127.0.0.1", "::1").map(CidrParser::parse).forEach(Cidr::toString));
    }

    private static CommandLine whole() {
        CommandLine commandLine = new CommandLine(new Main());
        COMMANDS.forEach(commandLine::addSubcommand);
        return commandLine;
    }

    /** Reading the annotations of all commands would take a fifth of a start, so the named one stands alone. */
    private static CommandLine single(String command) {
        return new CommandLine(COMMANDS.get(command)).setCommandName("sentry " + command);
    }

    /** In the order of the help. */
    private static Map<String, Class<?>> commands() {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put(DAEMON, RunCommand.class);
        commands.put("check", CheckCommand.class);
        commands.put("replay", ReplayCommand.class);
        commands.put("status", StatusCommand.class);
        commands.put("hosts", HostsCommand.class);
        commands.put("blocks", BlocksCommand.class);
        commands.put("block", BlockCommand.class);
        commands.put("unblock", UnblockCommand.class);
        commands.put("reload", ReloadCommand.class);
        commands.put("completion", CompletionCommand.class);
        commands.put("man", ManCommand.class);
        return commands;
    }

    private static String[] withDefaultCommand(String[] arguments) {
        boolean runs = arguments.length == 0
                || arguments[0].startsWith("-") && !OWN_OPTIONS.contains(arguments[0]);
        return runs ? Stream.concat(Stream.of(DAEMON), Stream.of(arguments)).toArray(String[]::new) : arguments;
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
