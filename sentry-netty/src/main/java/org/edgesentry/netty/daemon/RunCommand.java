package org.edgesentry.netty.daemon;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.LogManager;
import org.edgesentry.core.config.Modes;
import org.edgesentry.netty.capture.CaptureMethod;
import org.edgesentry.netty.capture.InterfaceSelection;
import org.edgesentry.netty.system.LibC;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sentry run}: the daemon, in the foreground, until it is told to stop. Thread: main. */
@Command(name = "run", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
        description = "Watches the host in the foreground until SIGTERM or SIGINT; SIGHUP reloads.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:a clean stop", "1:could not do its work (port, permission, interface)",
            "2:bad usage or configuration"})
final class RunCommand implements Callable<Integer> {

    @Mixin
    private ConfigurationOption configuration;

    @Mixin
    private ModeOptions mode;

    @Option(names = {"-m", "--method"}, paramLabel = "METHOD",
            description = "How packets are captured: ring (default), pcap, or raw (the same as ring).")
    private Optional<String> method = Optional.empty();

    @Option(names = {"-i", "--interface"}, paramLabel = "IF",
            description = "Where packets are captured: ALL_NLO (default: all but loopback), ALL, any, or names; "
                    + "may be repeated.")
    private List<String> interfaces = List.of();

    @Option(names = {"-L", "--disable-local-check"},
            description = "Counts packets that this host sends to itself, and acts on them. Use with care.")
    private boolean withoutLocalCheck;

    @Option(names = {"-S", "--disable-service-check"},
            description = "Takes ports for traps that a service of this host has open. Use with care.")
    private boolean withoutServiceCheck;

    @Mixin
    private LogOptions log;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws StartFailure, InterruptedException {
        RunOptions options = options();
        Thread logFile = HeadStart.on("log-file", LogManager::getRootLogger);
        ReloadRequests reloads = new ReloadRequests();
        HangUp.arm(reloads);
        ConfigurationFile read = configuration.read();
        // A line that comes while the log reads its own configuration would be lost.
        logFile.join();
        SentryDaemon daemon = new SentryDaemon(read, options, reloads);
        CleanStop stop = new CleanStop(daemon);
        stop.arm();
        try {
            daemon.start();
        } catch (StartFailure | RuntimeException e) {
            stop.disarm();
            throw e;
        }
        if (log.detached()) {
            spec.commandLine().getOut().println("sentry: runs in the background as process "
                    + ProcessHandle.current().pid());
        }
        stop.started();
        // What loading and compiling have freed by now would stay with the process.
        LibC.malloc_trim(0);
        while (true) {
            reloads.serve(daemon::reload);
        }
    }

    private RunOptions options() {
        try {
            log.apply();
            Modes modes = mode.modes();
            if (!modes.captures()) {
                refuse(method.isPresent(), modes, "--method");
                refuse(namesInterface(), modes, "--interface");
            }
            return new RunOptions(modes, captureMethod(), InterfaceSelection.of(interfaces), !withoutLocalCheck,
                    !withoutServiceCheck, log.talkative());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    /** PortSentry takes {@code -i ALL} in every mode, and old units have it. */
    private boolean namesInterface() {
        return !interfaces.isEmpty() && InterfaceSelection.of(interfaces).scope() == InterfaceSelection.Scope.NAMED;
    }

    private CaptureMethod captureMethod() {
        return CaptureMethod.ofName(method.orElse("ring")).orElseThrow(() -> new IllegalArgumentException(
                "--method \"" + method.orElseThrow() + "\" is none of ring, pcap, raw"));
    }

    private static void refuse(boolean given, Modes modes, String option) {
        if (given) {
            String binding = modes.tcp().or(modes::udp).orElseThrow().option();
            throw new IllegalArgumentException(binding + " and " + option + " contradict each other: " + binding
                    + " captures no packets");
        }
    }
}
