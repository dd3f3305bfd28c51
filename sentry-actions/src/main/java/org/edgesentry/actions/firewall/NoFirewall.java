package org.edgesentry.actions.firewall;

import java.util.List;
import org.edgesentry.core.net.Cidr;

/** BLOCK_METHOD none, and machines without any firewall: says yes to everything and does nothing. Thread: any. */
public final class NoFirewall implements Firewall {

    @Override
    public void open() {
        // Nothing is needed.
    }

    @Override
    public void block(List<Block> blocks) {
        // A dry run.
    }

    @Override
    public void unblock(List<Cidr> targets) {
        // Nothing was blocked.
    }

    /** Nobody can tell. */
    @Override
    public List<HeldBlock> held() {
        return List.of();
    }

    @Override
    public String describe(Block block) {
        return "none";
    }

    @Override
    public boolean expiresByItself() {
        return true;
    }

    @Override
    public boolean isDryRun() {
        return true;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
