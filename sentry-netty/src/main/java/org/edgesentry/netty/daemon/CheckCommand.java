package org.edgesentry.netty.daemon;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.edgesentry.core.config.SettingsReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sentry check}: reads the configuration as {@code run} would and shows what it means. Thread: main. */
@Command(name = "check", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Reads the configuration and prints the effective settings.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:the configuration is good", "2:it is not; the faults are on standard error"})
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private ConfigurationOption configuration;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws StartFailure {
        ConfigurationFile file = configuration.read();
        int ignored = file.ignored().size();
        PrintWriter out = spec.commandLine().getOut();
        out.println("# " + file.path());
        SettingsReport.lines(file.settings()).forEach(out::println);
        file.settings().files().ignore().ifPresent(path -> out.println("# " + path + ": " + ignored + " entries"));
        if (!file.notActedOn().isEmpty()) {
            out.println("# without effect in this version: " + String.join(", ", file.notActedOn()));
        }
        return 0;
    }
}
