package org.edgesentry.actions.firewall;

import java.util.List;
import org.edgesentry.actions.command.CommandResult;
import org.edgesentry.actions.command.CommandRunner;
import org.edgesentry.actions.command.ProgramPath;

/**
 * nftables through the program: {@code nft -f -}, nft(8).
 *
 * <p>Thread: one at a time.
 */
final class NftProgram implements NftRunner {

    private final String program;
    private final CommandRunner runner;

    NftProgram(ProgramPath path, CommandRunner runner) throws FirewallException {
        this.program = Missing.orElse(path.find("nft"), "nft", "nftables");
        this.runner = runner;
    }

    @Override
    public void run(String commands) throws FirewallException {
        ask(List.of(program, "-f", "-"), commands);
    }

    @Override
    public String list(String command, boolean terse) throws FirewallException {
        return ask(terse ? List.of(program, "-t", "-f", "-") : List.of(program, "-f", "-"), command);
    }

    private String ask(List<String> command, String input) throws FirewallException {
        CommandResult result = runner.run(command, input);
        if (!result.succeeded()) {
            throw new FirewallException("nft: " + NftRunner.firstError(result.words()));
        }
        return result.words();
    }

    @Override
    public void close() {
        // Nothing is held between two runs.
    }
}
