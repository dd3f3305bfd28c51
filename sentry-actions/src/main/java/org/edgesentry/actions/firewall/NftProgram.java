package org.edgesentry.actions.firewall;

import java.util.List;
import org.edgesentry.actions.command.CommandResult;
import org.edgesentry.actions.command.CommandRunner;
import org.edgesentry.actions.command.ProgramPath;

/**
 * nftables through the program: {@code nft -f -}, nft(8); what it lists is without the elements of sets ({@code -t}).
 *
 * <p>Thread: one at a time.
 */
final class NftProgram implements NftRunner {

    private final List<String> command;
    private final CommandRunner runner;

    NftProgram(ProgramPath path, CommandRunner runner) throws FirewallException {
        this.command = List.of(Missing.orElse(path.find("nft"), "nft", "nftables"), "-t", "-f", "-");
        this.runner = runner;
    }

    @Override
    public void run(String commands) throws FirewallException {
        ask(commands);
    }

    /** Runs commands that print something; what they print. */
    String ask(String commands) throws FirewallException {
        CommandResult result = runner.run(command, commands);
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
