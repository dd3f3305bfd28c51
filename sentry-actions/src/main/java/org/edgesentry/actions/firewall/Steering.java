package org.edgesentry.actions.firewall;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.command.CommandRunner;
import org.edgesentry.actions.command.ProgramPath;
import org.edgesentry.core.net.PortSet;

/**
 * Has the kernel steer trap ports to a few listeners, and sees to it that it goes on doing so: {@link SteerRuleset}.
 * Through the program nft, since libnftables knows no descriptor above 1,023.
 *
 * <p>Thread: any. Errors: {@link FirewallException} with nft's own words.
 */
public final class Steering {

    /** Mark of packets that answer for a steered trap: they are no questions of this host ("EdgS"). */
    public static final int MARK = 0x45_64_67_53;

    private static final Logger LOG = LogManager.getLogger(Steering.class);

    private final NftProgram nft;
    private Optional<SteerRuleset> rules = Optional.empty();
    private String installed = "";

    /** Changes nothing yet. Fails when nft is not installed. */
    public Steering() throws FirewallException {
        nft = new NftProgram(ProgramPath.SYSTEM,
                new CommandRunner(ActionLimits.COMMAND_DEADLINE, ActionLimits.LISTING_BYTES));
    }

    /**
     * Steers these ports to these listeners, and no others any more; what a former run left behind is replaced.
     *
     * @param ports trap ports by protocol
     */
    public synchronized void steer(Map<Integer, PortSet> ports, List<SteerTarget> targets) throws FirewallException {
        install(new SteerRuleset(Map.copyOf(ports), List.copyOf(targets)));
    }

    private void install(SteerRuleset wanted) throws FirewallException {
        nft.run(wanted.install());
        installed = SteerRuleset.ownChains(nft.list(SteerRuleset.list(), true));
        rules = Optional.of(wanted);
    }

    /** Puts the rules back if they are not as they were; true when that was necessary. */
    public synchronized boolean mend() throws FirewallException {
        if (rules.isEmpty() || isInPlace()) {
            return false;
        }
        install(rules.get());
        return true;
    }

    private boolean isInPlace() {
        try {
            return SteerRuleset.ownChains(nft.list(SteerRuleset.list(), true)).equals(installed);
        } catch (FirewallException e) {
            return false;
        }
    }

    /** Takes away what a run has left that was killed; without nft, or the right to use it, there is nothing to do. */
    public static void removeLeftovers() {
        try {
            Steering former = new Steering();
            String listing = former.nft.list(SteerRuleset.list(), true);
            if (TrapRuleset.isIn(listing)) {
                former.nft.run(TrapRuleset.remove());
                LOG.info("Trap rules of the kernel that a former run had left were taken away");
            }
            if (!SteerRuleset.ownChains(listing).isEmpty()) {
                former.remove();
                LOG.info("Steering rules that a former run had left were taken away");
            }
        } catch (FirewallException e) {
            LOG.debug("No rules of a former run: {}", e.getMessage());
        }
    }

    /** Takes all of it away, also what a former run left; and the table, if nothing but this was in it. */
    public synchronized void remove() {
        rules = Optional.empty();
        try {
            nft.run(SteerRuleset.remove());
            if (!SteerRuleset.hasBlocks(nft.list(SteerRuleset.list(), true))) {
                nft.run("delete table " + NftRuleset.TABLE + "\n");
            }
        } catch (FirewallException e) {
            LOG.warn("The rules that steer trap ports could not be taken away: {}", e.getMessage());
        }
    }
}
