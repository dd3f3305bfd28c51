package org.edgesentry.netty.daemon;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sentry completion}: a script by which bash and zsh complete commands and options. Thread: main. */
@Command(name = "completion", mixinStandardHelpOptions = true, versionProvider = Version.class, hidden = true,
        description = "Prints a script that completes commands and options in bash, and in zsh with bashcompinit.",
        footerHeading = "%nExample:%n", footer = "  source <(sentry completion)")
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(AutoComplete.bash("sentry", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
