package org.edgesentry.actions.respond;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.edgesentry.actions.firewall.Block;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.core.net.Cidr;

/** A firewall on paper: writes down what it is asked for, and refuses what it is told to. */
final class FakeFirewall implements Firewall {

    final List<List<Block>> transactions = new ArrayList<>();
    final List<Cidr> unblocked = new ArrayList<>();
    final Set<Cidr> refused = new HashSet<>();
    String refusal = "nftables: Could not process rule: Operation not permitted";
    boolean expiresByItself = true;
    boolean canUnblock = true;
    boolean dryRun;
    boolean closed;

    @Override
    public void open() {
        closed = false;
    }

    @Override
    public void block(List<Block> blocks) throws FirewallException {
        transactions.add(List.copyOf(blocks));
        refuse(blocks.stream().map(Block::target).toList());
    }

    @Override
    public void unblock(List<Cidr> targets) throws FirewallException {
        unblocked.addAll(targets);
        refuse(targets);
    }

    private void refuse(List<Cidr> targets) throws FirewallException {
        List<Cidr> failed = targets.stream().filter(refused::contains).toList();
        if (!failed.isEmpty()) {
            throw new FirewallException(refusal, failed);
        }
    }

    @Override
    public String describe(Block block) {
        return "fake " + block.target() + " " + block.seconds() + "s";
    }

    @Override
    public boolean expiresByItself() {
        return expiresByItself;
    }

    @Override
    public boolean canUnblock() {
        return canUnblock;
    }

    @Override
    public boolean isDryRun() {
        return dryRun;
    }

    @Override
    public void close() {
        closed = true;
    }
}
