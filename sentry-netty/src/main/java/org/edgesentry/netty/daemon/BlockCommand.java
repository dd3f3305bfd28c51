package org.edgesentry.netty.daemon;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.edgesentry.core.config.DurationParser;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.netty.control.client.Question;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sentry block}: blocks by hand. Thread: main. */
@Command(name = "block", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Blocks an address or a network, or gives its block a new time.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:not done: the daemon does not run, or declined", "2:bad usage or configuration"},
        footerHeading = "%nExamples:%n",
        footer = {"  sentry block 192.0.2.7 --for 15m", "  sentry block 2001:db8:7::/48 --for 0"})
final class BlockCommand implements Callable<Integer> {

    @Mixin
    private ControlOptions control;

    @Option(names = "--for", paramLabel = "TIME",
            description = "How long: 90s, 15m, 1h, 7d; 0 until it is unblocked. Default: BLOCK_TIME.")
    private Optional<String> time = Optional.empty();

    @Option(names = "--force",
            description = "Blocks even what is on the ignore list or what this host depends on. Use with care.")
    private boolean force;

    @Parameters(paramLabel = "ADDR[/LEN]", description = "Who.")
    private String target;

    @Override
    public Integer call() throws StartFailure {
        try {
            CidrParser.parse(target);
        } catch (IllegalArgumentException e) {
            throw control.misused(e.getMessage());
        }
        try {
            time.ifPresent(DurationParser::parse);
        } catch (IllegalArgumentException e) {
            throw control.misused("--for: " + e.getMessage());
        }
        return control.order(Question.block(target, time, force));
    }
}
