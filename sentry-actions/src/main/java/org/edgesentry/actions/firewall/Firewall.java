package org.edgesentry.actions.firewall;

import java.util.List;
import java.util.Optional;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.Cidr;

/**
 * What shuts a scanner out. Works in batches, since the cost of a change to the kernel's rules is in the transaction,
 * not in the address.
 *
 * <p>Thread: one at a time; after the start that is the action worker, but for {@link #block} of one that
 * {@link #runsCommand}. A batch may take seconds.
 */
public interface Firewall {

    /**
     * Makes what is needed in the kernel. May be called again at any time: what an administrator or a firewall reload
     * has removed is made anew, and the blocks that are there, also those of a former run, stay.
     *
     * @throws FirewallException when this machine cannot do it; nothing is then left behind
     */
    void open() throws FirewallException;

    /**
     * Goes through a block and its end with an address that nobody has, where that leaves no trace: the first time is
     * slow, and no scanner should have the good of it.
     *
     * @throws FirewallException when this machine cannot do it
     */
    default void rehearse() throws FirewallException {
    }

    /** One that goes through the same motions on another thread and changes nothing, whatever it meets. */
    default Firewall understudy() {
        return new NoFirewall();
    }

    /**
     * Blocks the targets, or gives those that are blocked already their new time.
     *
     * @param blocks each target once
     * @throws FirewallException when some or all could not be blocked; it names them, the others are blocked
     */
    void block(List<Block> blocks) throws FirewallException;

    /**
     * Ends blocks. A target that is not blocked is no error.
     *
     * @param targets each once
     * @throws FirewallException when some or all are still blocked
     */
    void unblock(List<Cidr> targets) throws FirewallException;

    /**
     * The blocks that the kernel holds now, whoever made them.
     *
     * @throws FirewallException when they cannot be listed
     */
    List<HeldBlock> held() throws FirewallException;

    /**
     * Whether the rules are as {@link #open} made them, and as far as that is cheap to tell, whether these blocks are
     * there. If not, {@link #open} and a new {@link #block} of all of them mend it.
     */
    default boolean isIntact(List<Cidr> blocks) {
        return true;
    }

    /** Whether a {@link FirewallWatch} hears of all that changes here. */
    default boolean isWatched() {
        return false;
    }

    /**
     * Has the kernel itself drop the first probe of a trap and block its source; without rules, no longer.
     *
     * @param blocks whether sources are blocked; else their probes are only dropped
     * @return whether it does from now on
     * @throws FirewallException when this kernel cannot; nothing is then changed
     */
    default boolean offload(Optional<TrapRules> rules, boolean blocks) throws FirewallException {
        return false;
    }

    /** What the kernel has blocked by itself in the last ten seconds, as {@link #offload} told it to. */
    default List<HeldBlock> fresh() throws FirewallException {
        return List.of();
    }

    /** The command that would do the same for this one block, for the log line; one line of bounded length. */
    String describe(Block block);

    /** Whether the kernel itself ends a block when its time has come. */
    boolean expiresByItself();

    /** Whether {@link #unblock} works. A block that cannot be taken back is without end, and not asked for again. */
    default boolean canUnblock() {
        return true;
    }

    /** Whether each block runs a command of the administrator's, which may take its time and must not be waited for. */
    default boolean runsCommand() {
        return false;
    }

    /** Takes over what a reload has changed. */
    default void renew(Settings.Response response) {
    }

    /** What differs from before once a {@link #renew} has brought another firewall, which knows no blocks yet. */
    default Object identity() {
        return this;
    }

    /** Whether nothing is blocked at all, and only the log says what would have been. */
    default boolean isDryRun() {
        return false;
    }

    /** Lets go of what this process holds. Blocks stay in force in the kernel until they expire there. */
    void close();
}
