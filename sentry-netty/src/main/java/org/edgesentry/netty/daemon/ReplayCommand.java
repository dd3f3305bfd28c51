package org.edgesentry.netty.daemon;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.time.SystemWallClock;
import org.edgesentry.netty.replay.Progress;
import org.edgesentry.netty.replay.ProgressLine;
import org.edgesentry.netty.replay.Replay;
import org.edgesentry.netty.replay.ReplayPipeline;
import org.edgesentry.netty.replay.report.JsonReport;
import org.edgesentry.netty.replay.report.ReplayReport;
import org.edgesentry.netty.replay.report.TableReport;
import org.edgesentry.netty.terminal.Page;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sentry replay}: what the daemon would have found in capture files. Changes nothing. Thread: main. */
@Command(name = "replay", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
        description = {"Reads capture files and says who scanned.",
            "Blocks nothing, writes no file and asks nothing of this machine."},
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:all captures were read", "1:a capture is missing, damaged or cut off; the rest was read",
            "2:bad usage or configuration"},
        footerHeading = "%nExample:%n",
        footer = "  sentry replay --home 192.0.2.0/24,2001:db8::/32 monday.pcap tuesday.pcapng.gz")
final class ReplayCommand implements Callable<Integer> {

    @Mixin
    private ConfigurationOption configuration;

    @Option(names = "--home", split = ",", paramLabel = "CIDR",
            description = "The networks that the sensor protects, instead of HOME_NET; whoever is in one of them is no "
                    + "scanner.")
    private List<String> home = new ArrayList<>();

    @Option(names = "--json", description = "One JSON object a line, for programs: scan, distributed, summary.")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "CAPTURE",
            description = "pcap or pcapng, plain or gzipped; several are read as one stream in this order.")
    private List<Path> captures;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws StartFailure {
        // Standard output is for the report alone.
        System.setProperty("sentry.console", "SYSTEM_ERR");
        ConfigurationFile file = configuration.read();
        PrintWriter err = spec.commandLine().getErr();
        try (PrintStream out = Terminal.standardOutput()) {
            ReplayReport report = json ? new JsonReport(out)
                    : new TableReport(new Page(out, Terminal.OUTPUT.columns(spec), Terminal.OUTPUT.hasColours()));
            ReplayPipeline pipeline = new ReplayPipeline(file.settings(), file.ignored(), home(file), report);
            boolean complete = new Replay(pipeline, report, err::println, progress()).run(captures);
            if (report.isBroken()) {
                err.println("sentry: the report could not be written to its end");
                complete = false;
            }
            pipeline.failure().ifPresent(failure -> err.println("sentry: " + failure));
            return complete && pipeline.failure().isEmpty() ? 0 : StartFailure.COULD_NOT_WORK;
        }
    }

    private List<Cidr> home(ConfigurationFile file) throws StartFailure {
        if (home.isEmpty()) {
            if (file.settings().detection().homeNet().isEmpty()) {
                throw new StartFailure(StartFailure.BAD_CONFIGURATION, "which networks are home? Name them with"
                        + " --home CIDR,... or set HOME_NET in " + file.path());
            }
            return file.settings().detection().homeNet();
        }
        try {
            return home.stream().map(String::strip).map(CidrParser::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--home: " + e.getMessage());
        }
    }

    private Progress progress() {
        if (!Terminal.ERRORS.isThere()) {
            return Progress.NONE;
        }
        long bytes = captures.stream().mapToLong(path -> path.toFile().length()).sum();
        return new ProgressLine(System.err, new SystemWallClock(), bytes);
    }
}
