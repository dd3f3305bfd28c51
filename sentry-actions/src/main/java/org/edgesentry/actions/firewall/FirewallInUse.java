package org.edgesentry.actions.firewall;

import java.util.List;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.Cidr;

/**
 * The firewall that is in use at the moment: none at first while scans are only logged, a real one once a reload asks
 * for blocks.
 *
 * <p>Thread: {@link #use} any; the others as for any firewall.
 */
public final class FirewallInUse implements Firewall {

    private volatile Firewall current;

    /** Begins with this one, which is open. */
    public FirewallInUse(Firewall first) {
        this.current = first;
    }

    /** From now on this one, which is open; the one before is closed. */
    public void use(Firewall next) {
        Firewall before = current;
        current = next;
        before.close();
    }

    @Override
    public void open() throws FirewallException {
        current.open();
    }

    @Override
    public void rehearse() throws FirewallException {
        current.rehearse();
    }

    @Override
    public void block(List<Block> blocks) throws FirewallException {
        current.block(blocks);
    }

    @Override
    public void unblock(List<Cidr> targets) throws FirewallException {
        current.unblock(targets);
    }

    @Override
    public String describe(Block block) {
        return current.describe(block);
    }

    @Override
    public boolean expiresByItself() {
        return current.expiresByItself();
    }

    @Override
    public boolean canUnblock() {
        return current.canUnblock();
    }

    @Override
    public boolean runsCommand() {
        return current.runsCommand();
    }

    @Override
    public void renew(Settings.Response response) {
        current.renew(response);
    }

    @Override
    public boolean isDryRun() {
        return current.isDryRun();
    }

    @Override
    public void close() {
        current.close();
    }
}
