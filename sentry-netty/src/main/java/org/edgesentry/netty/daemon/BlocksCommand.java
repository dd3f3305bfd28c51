package org.edgesentry.netty.daemon;

import java.util.concurrent.Callable;
import org.edgesentry.netty.control.client.ControlClient;
import org.edgesentry.netty.control.client.Question;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sentry blocks}: what is blocked now. Thread: main. */
@Command(name = "blocks", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Lists what is blocked now, first to end first.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:the daemon does not run or did not answer", "2:bad usage or configuration"})
final class BlocksCommand implements Callable<Integer> {

    @Mixin
    private ControlOptions control;

    @Override
    public Integer call() throws StartFailure {
        return control.show(Question.blocks(), ControlClient::blocks);
    }
}
