package org.edgesentry.actions.respond;

import java.util.List;
import java.util.concurrent.Semaphore;
import org.edgesentry.actions.firewall.Block;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.actions.firewall.HeldBlock;
import org.edgesentry.core.net.Cidr;

/** Stands for KILL_ROUTE: each block takes until the test lets it through. */
final class GatedRoute implements Firewall {

    final Semaphore gate = new Semaphore(0);
    volatile boolean fails;

    @Override
    public void open() {
        // Nothing is needed.
    }

    @Override
    public void block(List<Block> blocks) throws FirewallException {
        gate.acquireUninterruptibly();
        if (fails) {
            throw new FirewallException("KILL_ROUTE: no such table");
        }
    }

    @Override
    public void unblock(List<Cidr> targets) throws FirewallException {
        throw new FirewallException("KILL_ROUTE cannot be taken back by the daemon");
    }

    @Override
    public List<HeldBlock> held() {
        return List.of();
    }

    @Override
    public String describe(Block block) {
        return "route " + block.target();
    }

    @Override
    public boolean expiresByItself() {
        return false;
    }

    @Override
    public boolean canUnblock() {
        return false;
    }

    @Override
    public boolean runsCommand() {
        return true;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
