package org.edgesentry.actions.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
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

    private static final Logger LOG = LogManager.getLogger(NftablesFirewall.class);
    /** The unspecified address, which no packet on the wire comes from. */
    private static final Cidr NOBODY = Cidr.ofAddress(AddressFamily.IPV4, 0, 0);

    private final NftRuleset ruleset;
    private final int ipv6Prefix;
    private final NftRunner runner;
    private final BlockedElements elements;
    private final BatchAttempts<Block> blocking;
    private final BatchAttempts<Cidr> unblocking;
    private Optional<TrapRuleset> traps = Optional.empty();
    private String installed = "";

    NftablesFirewall(NftRuleset ruleset, int ipv6Prefix, NftRunner runner) throws FirewallException {
        this(ruleset, ipv6Prefix, runner, BlockedElements.open());
    }

    private NftablesFirewall(NftRuleset ruleset, int ipv6Prefix, NftRunner runner, BlockedElements elements) {
        this.ruleset = ruleset;
        this.ipv6Prefix = ipv6Prefix;
        this.runner = runner;
        this.elements = elements;
        this.blocking = new BatchAttempts<>(Block::target, this::put, this::open);
        this.unblocking = new BatchAttempts<>(Function.identity(), this::lift, this::open);
    }

    /** Networks, which only an administrator blocks, are not in a hurry. */
    private void put(List<Block> part) throws FirewallException {
        boolean networks = false;
        for (Block block : part) {
            ruleset.requireExpressible(block.target());
            networks |= !ruleset.isElement(block.target());
        }
        if (networks) {
            elements.block(part.stream().filter(block -> ruleset.isElement(block.target())).toList());
            runner.run(ruleset.block(part.stream().filter(block -> !ruleset.isElement(block.target())).toList()));
        } else {
            elements.block(part);
        }
    }

    /** Whoever takes the place of an address is kept waiting for this. */
    private void lift(List<Cidr> part) throws FirewallException {
        elements.unblock(part.stream().filter(ruleset::isElement).filter(ruleset::isExpressible).toList());
        String rest = ruleset.unblock(part.stream().filter(target -> !ruleset.isElement(target)).toList())
                + (traps.isPresent() ? TrapRuleset.forget(part) : "");
        if (!rest.isEmpty()) {
            runner.run(rest);
        }
    }

    @Override
    public void open() throws FirewallException {
        try {
            runner.run(ruleset.open());
        } catch (FirewallException e) {
            makeAnew(e);
        }
        if (traps.isPresent()) {
            runner.run(traps.get().install());
        }
        installed = rules();
    }

    /** Sets of another size or kind may stand in the way; what they hold comes back from the ledger. */
    private void makeAnew(FirewallException cause) throws FirewallException {
        try {
            runner.run(NftRuleset.removeSets());
            runner.run(ruleset.open());
        } catch (FirewallException e) {
            throw cause;
        }
    }

    /** Sets without their elements, chains with their rules. */
    private String rules() throws FirewallException {
        List<String> names = new ArrayList<>(NftRuleset.names());
        if (traps.isPresent()) {
            names.addAll(TrapRuleset.names());
        }
        return NftListing.parts(runner.list("list table " + NftRuleset.TABLE + "\n", true), names);
    }

    @Override
    public boolean isIntact(List<Cidr> blocks) {
        try {
            return rules().equals(installed);
        } catch (FirewallException e) {
            // No table, no listing.
            return false;
        }
    }

    @Override
    public boolean isWatched() {
        return true;
    }

    @Override
    public boolean offload(Optional<TrapRules> rules, boolean blocks) throws FirewallException {
        Optional<TrapRuleset> wanted = rules.map(some -> new TrapRuleset(some, ipv6Prefix, blocks));
        if (!wanted.equals(traps)) {
            runner.run(wanted.isPresent() ? wanted.get().install() : TrapRuleset.remove());
            traps = wanted;
            installed = rules();
        }
        return wanted.isPresent();
    }

    @Override
    public List<HeldBlock> held() throws FirewallException {
        return list(NftRuleset.BLOCK_SETS);
    }

    @Override
    public List<HeldBlock> fresh() throws FirewallException {
        return traps.isPresent() ? list(List.of("fresh4", "fresh6")) : List.of();
    }

    private List<HeldBlock> list(List<String> sets) throws FirewallException {
        List<HeldBlock> blocks = new ArrayList<>();
        for (String set : sets) {
            String listing = runner.list("list set " + NftRuleset.TABLE + " " + set + "\n", false);
            blocks.addAll(NftListing.blocks(listing, ipv6Prefix));
        }
        return blocks;
    }

    @Override
    public void rehearse() throws FirewallException {
        try {
            block(List.of(new Block(NOBODY, 1, new Macros(NOBODY, 0, Mode.STEALTH),
                    false)));
            unblock(List.of(NOBODY));
        } catch (FirewallException e) {
            // A set that a former run has filled does its work; BLOCK_MAX is said elsewhere.
            if (!e.isForWantOfRoom()) {
                throw e;
            }
        }
    }

    @Override
    public Firewall understudy() {
        try {
            return new NftablesFirewall(ruleset, ipv6Prefix, NftRunner.NOBODY, BlockedElements.openUnderstudy());
        } catch (FirewallException e) {
            return new NoFirewall();
        }
    }

    @Override
    public void block(List<Block> blocks) throws FirewallException {
        blocking.run(blocks.stream().map(this::asHeld).toList());
    }

    /** The kernel may have been faster, with its own time. */
    private Block asHeld(Block block) {
        boolean otherTime = traps.isPresent() && traps.get().rules().blockSeconds() != block.seconds();
        return otherTime ? new Block(block.target(), block.seconds(), block.macros(), true) : block;
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

    /** What the kernel does by itself ends with who keeps the record of it. */
    @Override
    public void close() {
        try {
            offload(Optional.empty(), false);
        } catch (FirewallException e) {
            LOG.warn("The kernel's own trap rules could not be taken away: {}", e.getMessage());
        }
        elements.close();
        runner.close();
    }
}
