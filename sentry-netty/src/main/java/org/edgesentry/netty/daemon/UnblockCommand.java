package org.edgesentry.netty.daemon;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.netty.control.client.Question;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sentry unblock}: lifts blocks. Thread: main. */
@Command(name = "unblock", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Lifts the block of an address or a network, or all blocks.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:not done: the daemon does not run, or declined", "2:bad usage or configuration"},
        footerHeading = "%nExamples:%n",
        footer = {"  sentry unblock 192.0.2.7", "  sentry unblock --all"})
final class UnblockCommand implements Callable<Integer> {

    @Mixin
    private ControlOptions control;

    @Option(names = "--all", description = "All blocks.")
    private boolean all;

    @Parameters(arity = "0..1", paramLabel = "ADDR[/LEN]", description = "Whose.")
    private Optional<String> target = Optional.empty();

    @Override
    public Integer call() throws StartFailure {
        if (target.isPresent() == all) {
            throw control.misused(all ? "an address and --all contradict each other"
                    : "whose block? Name an address or a network, or give --all");
        }
        try {
            target.ifPresent(CidrParser::parse);
        } catch (IllegalArgumentException e) {
            throw control.misused(e.getMessage());
        }
        return control.order(Question.unblock(target));
    }
}
