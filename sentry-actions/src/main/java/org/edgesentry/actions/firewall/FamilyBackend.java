package org.edgesentry.actions.firewall;

import java.util.List;
import org.edgesentry.core.net.Cidr;

/**
 * A backend whose tools know one address family at a time; {@link DualStackFirewall} joins two of them.
 *
 * <p>Thread: one at a time. Every method may be repeated.
 */
interface FamilyBackend {

    /** As {@link Firewall#open}. */
    void open() throws FirewallException;

    /** Blocks all of them in one go, or fails; with an exception that names nobody it is not known who is blocked. */
    void block(List<Block> blocks) throws FirewallException;

    /** Ends all blocks in one go, or fails likewise. */
    void unblock(List<Cidr> targets) throws FirewallException;

    /** As {@link Firewall#held}. */
    List<HeldBlock> held() throws FirewallException;

    /** As {@link Firewall#isIntact}, with the blocks of this family. */
    boolean isIntact(List<Cidr> blocks) throws FirewallException;

    /** As {@link Firewall#describe}. */
    String describe(Block block);
}
