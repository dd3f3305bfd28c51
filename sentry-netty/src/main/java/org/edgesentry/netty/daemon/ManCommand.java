package org.edgesentry.netty.daemon;

import java.util.concurrent.Callable;
import org.edgesentry.netty.daemon.manual.ManPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sentry man}: the manual page. Thread: main. */
@Command(name = "man", mixinStandardHelpOptions = true, versionProvider = Version.class, hidden = true,
        description = "Prints the manual page.",
        footerHeading = "%nExample:%n", footer = "  sentry man > sentry.8 && man -l sentry.8")
final class ManCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(ManPage.of(spec.root(), Version.text()));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
