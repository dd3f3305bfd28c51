package org.edgesentry.actions.firewall;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.Cidr;

/**
 * The firewall that is in use at the moment: none at first while scans are only logged, a real one once a reload asks
 * for blocks.
 *
 * <p>Whoever blocks makes the change itself, with {@link #renew}: between two blocks, so that none is made with one
 * firewall and recorded as made with the other, and none is closed while it works.
 *
 * <p>Thread: {@link #use} any; the others as for any firewall.
 */
public final class FirewallInUse implements Firewall {

    private final AtomicReference<Firewall> next = new AtomicReference<>();
    private volatile Firewall current;

    /** Begins with this one, which is open. */
    public FirewallInUse(Firewall first) {
        this.current = first;
    }

    /** From the next {@link #renew} on this one, which is open; the one before is closed then. */
    public void use(Firewall newer) {
        Firewall unused = next.getAndSet(newer);
        if (unused != null) {
            unused.close();
        }
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
    public Firewall understudy() {
        return current.understudy();
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
    public List<HeldBlock> held() throws FirewallException {
        return current.held();
    }

    @Override
    public boolean isIntact(List<Cidr> blocks) {
        return current.isIntact(blocks);
    }

    @Override
    public boolean isWatched() {
        return current.isWatched();
    }

    @Override
    public boolean offload(Optional<TrapRules> rules, boolean blocks) throws FirewallException {
        return current.offload(rules, blocks);
    }

    @Override
    public List<HeldBlock> fresh() throws FirewallException {
        return current.fresh();
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
        change();
        current.renew(response);
    }

    private void change() {
        Firewall newer = next.getAndSet(null);
        if (newer != null) {
            current.close();
            current = newer;
        }
    }

    @Override
    public Object identity() {
        return current;
    }

    @Override
    public boolean isDryRun() {
        return current.isDryRun();
    }

    @Override
    public void close() {
        change();
        current.close();
    }
}
