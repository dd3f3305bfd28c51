package org.edgesentry.netty.daemon;

import java.util.concurrent.Callable;
import org.edgesentry.netty.control.client.Question;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sentry reload}: has the daemon read its configuration anew. Thread: main. */
@Command(name = "reload", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Has the daemon read its configuration and ignore file anew, as SIGHUP does.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:not done: the daemon does not run, or declined", "2:bad usage or configuration"})
final class ReloadCommand implements Callable<Integer> {

    @Mixin
    private ControlOptions control;

    @Override
    public Integer call() throws StartFailure {
        return control.order(Question.reload());
    }
}
