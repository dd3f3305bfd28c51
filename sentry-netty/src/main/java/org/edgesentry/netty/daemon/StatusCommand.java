package org.edgesentry.netty.daemon;

import java.util.concurrent.Callable;
import org.edgesentry.netty.control.client.ControlClient;
import org.edgesentry.netty.control.client.Question;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sentry status}: what the running daemon is doing. Thread: main. */
@Command(name = "status", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Says what the running daemon is doing.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:the daemon does not run or did not answer", "2:bad usage or configuration"})
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private ControlOptions control;

    @Override
    public Integer call() throws StartFailure {
        return control.show(Question.status(false), ControlClient::status);
    }
}
