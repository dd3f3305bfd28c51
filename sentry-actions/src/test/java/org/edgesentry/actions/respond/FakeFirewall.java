package org.edgesentry.actions.respond;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.edgesentry.actions.firewall.Block;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.actions.firewall.HeldBlock;
import org.edgesentry.actions.firewall.TrapRules;
import org.edgesentry.core.net.Cidr;

/** A firewall on paper: writes down what it is asked for, and refuses what it is told to. */
final class FakeFirewall implements Firewall {

    final List<List<Block>> transactions = new ArrayList<>();
    final List<Cidr> unblocked = new ArrayList<>();
    final Set<Cidr> refused = new HashSet<>();
    /** A full set: refuses until a block has ended. */
    boolean full;
    String refusal = "nftables: Could not process rule: Operation not permitted";
    boolean expiresByItself = true;
    boolean canUnblock = true;
    boolean dryRun;
    boolean closed;
    List<HeldBlock> held = List.of();
    List<HeldBlock> fresh = List.of();
    boolean intact = true;
    boolean watched = true;
    int opened;
    /** How often it was looked at: each costs the firewall something. */
    int looks;
    Runnable whenListed = () -> { };
    boolean broken;
    String offloadFault = "";
    Object identity = this;
    final List<String> offloads = new ArrayList<>();

    @Override
    public void open() {
        closed = false;
        intact = true;
        opened++;
    }

    @Override
    public void block(List<Block> blocks) throws FirewallException {
        transactions.add(List.copyOf(blocks));
        if (broken) {
            throw new IllegalStateException("a fault of ours");
        }
        if (full) {
            throw new FirewallException("nftables: Too many open files in system",
                    blocks.stream().map(Block::target).toList());
        }
        refuse(blocks.stream().map(Block::target).toList());
    }

    @Override
    public void unblock(List<Cidr> targets) throws FirewallException {
        unblocked.addAll(targets);
        full = false;
        refuse(targets);
    }

    private void refuse(List<Cidr> targets) throws FirewallException {
        List<Cidr> failed = targets.stream().filter(refused::contains).toList();
        if (!failed.isEmpty()) {
            throw new FirewallException(refusal, failed);
        }
    }

    @Override
    public List<HeldBlock> held() {
        looks++;
        whenListed.run();
        return held;
    }

    @Override
    public List<HeldBlock> fresh() {
        return fresh;
    }

    @Override
    public boolean isIntact(List<Cidr> blocks) {
        looks++;
        return intact;
    }

    @Override
    public boolean isWatched() {
        return watched;
    }

    @Override
    public boolean offload(Optional<TrapRules> rules, boolean blocks) throws FirewallException {
        if (rules.isPresent() && !offloadFault.isEmpty()) {
            throw new FirewallException(offloadFault);
        }
        String text = rules.isPresent() ? "for " + rules.get().blockSeconds() + " blocks=" + blocks : "off";
        if (offloads.isEmpty() || !offloads.get(offloads.size() - 1).equals(text)) {
            offloads.add(text);
        }
        return rules.isPresent();
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
    public Object identity() {
        return identity;
    }

    /** {@code 192.0.2.7 60} for each block of one transaction. */
    List<String> transaction(int number) {
        return transactions.get(number).stream().map(block -> block.target() + " " + block.seconds()).toList();
    }

    List<String> unblocked() {
        return unblocked.stream().map(Cidr::toString).toList();
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
