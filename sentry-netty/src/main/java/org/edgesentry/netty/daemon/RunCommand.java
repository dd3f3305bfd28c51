package org.edgesentry.netty.daemon;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.edgesentry.core.config.Modes;
import org.edgesentry.netty.capture.CaptureMethod;
import org.edgesentry.netty.capture.InterfaceSelection;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sentry run}: the daemon, in the foreground, until it is told to stop. Thread: main. */
@Command(name = "run", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Watches the host in the foreground until SIGTERM or SIGINT.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:a clean stop", "1:could not do its work (port, permission, interface)",
            "2:bad usage or configuration"})
final class RunCommand implements Callable<Integer> {

    @Mixin
    private ConfigurationOption configuration;

    @ArgGroup(exclusive = true)
    private ModeOptions mode = new ModeOptions();

    @Option(names = {"-m", "--method"}, paramLabel = "METHOD",
            description = "How packets are captured: ring (default), pcap, or raw (the same as ring).")
    private Optional<String> method = Optional.empty();

    @Option(names = {"-i", "--interface"}, paramLabel = "IF",
            description = "Where packets are captured: ALL_NLO (default: all but loopback), ALL, any, or names; "
                    + "may be repeated.")
    private List<String> interfaces = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws StartFailure, InterruptedException {
        RunOptions options = options();
        SentryDaemon daemon = new SentryDaemon(configuration.read(), options);
        CleanStop stop = new CleanStop(daemon);
        stop.arm();
        try {
            daemon.start();
        } catch (StartFailure | RuntimeException e) {
            stop.disarm();
            throw e;
        }
        stop.awaitSignal();
        return 0;
    }

    private RunOptions options() {
        if (mode.connect) {
            refuseWithConnect(method.isPresent(), "--method");
            refuseWithConnect(!interfaces.isEmpty(), "--interface");
        }
        CaptureMethod capture = CaptureMethod.ofName(method.orElse("ring")).orElseThrow(() -> usage(
                "--method \"" + method.orElseThrow() + "\" is none of ring, pcap, raw"));
        return new RunOptions(mode.connect ? Modes.CONNECT : Modes.STEALTH, capture, selection());
    }

    private void refuseWithConnect(boolean given, String option) {
        if (given) {
            throw usage("--connect and " + option + " contradict each other: --connect captures no packets");
        }
    }

    private InterfaceSelection selection() {
        try {
            return InterfaceSelection.of(interfaces);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** One mode at a time. */
    static final class ModeOptions {

        @Option(names = "--stealth", description = "Reads packets, binds nothing (default).")
        private boolean stealth;

        @Option(names = "--connect", description = "Binds every trap port and counts completed connections.")
        private boolean connect;
    }
}
