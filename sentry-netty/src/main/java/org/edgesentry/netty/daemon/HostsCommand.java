package org.edgesentry.netty.daemon;

import java.util.concurrent.Callable;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.netty.control.client.Question;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sentry hosts}: who is remembered. Thread: main. */
@Command(name = "hosts", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Lists hosts that asked for traps or failed elsewhere: the strongest evidence first, then the "
                + "last seen.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:the daemon does not run or did not answer", "2:bad usage or configuration"})
final class HostsCommand implements Callable<Integer> {

    @Mixin
    private ControlOptions control;

    @Option(names = "--limit", paramLabel = "N",
            description = "How many at most: 1 to " + Limits.HOSTS_LISTED + ", 1000 by default.")
    private int limit = 1_000;

    @Override
    public Integer call() throws StartFailure {
        if (limit < 1 || limit > Limits.HOSTS_LISTED) {
            throw control.misused("--limit " + limit + " is out of range (1 to " + Limits.HOSTS_LISTED + ")");
        }
        return control.show(Question.hosts(limit), (client, page) -> client.hosts(limit, page));
    }
}
