package org.edgesentry.actions.firewall;

import java.util.List;
import java.util.function.Function;
import org.edgesentry.actions.command.Macros;
import org.edgesentry.core.config.Mode;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;

/**
 * Sets with timeouts in a table of our own. The kernel ends blocks by itself, also when the daemon is gone.
 *
 * <p>Thread: one at a time.
 */
final class NftablesFirewall implements Firewall {

    /** The unspecified address, which no packet on the wire comes from. */
    private static final Cidr NOBODY = Cidr.ofAddress(AddressFamily.IPV4, 0, 0);

    private final NftRuleset ruleset;
    private final NftRunner runner;
    private final BatchAttempts<Block> blocking;
    private final BatchAttempts<Cidr> unblocking;

    NftablesFirewall(NftRuleset ruleset, NftRunner runner) {
        this.ruleset = ruleset;
        this.runner = runner;
        this.blocking = new BatchAttempts<>(Block::target,
                part -> runner.run(ruleset.block(part)), this::open);
        this.unblocking = new BatchAttempts<>(Function.identity(),
                part -> lift(ruleset.unblock(part)), this::open);
    }

    private void lift(String commands) throws FirewallException {
        if (!commands.isEmpty()) {
            runner.run(commands);
        }
    }

    @Override
    public void open() throws FirewallException {
        runner.run(ruleset.open());
    }

    @Override
    public void rehearse() throws FirewallException {
        block(List.of(new Block(NOBODY, 1, new Macros(NOBODY, 0, Mode.STEALTH))));
        unblock(List.of(NOBODY));
    }

    @Override
    public void block(List<Block> blocks) throws FirewallException {
        blocking.run(blocks);
    }

    @Override
    public void unblock(List<Cidr> targets) throws FirewallException {
        unblocking.run(targets);
    }

    @Override
    public String describe(Block block) {
        return ruleset.describe(block);
    }

    @Override
    public boolean expiresByItself() {
        return true;
    }

    @Override
    public void close() {
        runner.close();
    }
}
