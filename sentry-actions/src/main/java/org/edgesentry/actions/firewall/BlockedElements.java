package org.edgesentry.actions.firewall;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.edgesentry.actions.firewall.nfnetlink.ElementBatch;
import org.edgesentry.actions.firewall.nfnetlink.ElementBatch.Change;
import org.edgesentry.actions.firewall.nfnetlink.ElementTransactions;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;

/**
 * Puts addresses into the sets of blocked ones by messages of our own: this is what each scanner is kept waiting for,
 * and a batch of many is large. All else that nftables is told goes by its own words.
 *
 * <p>A second {@code add} of an element renews its timeout on kernels from 6.13 on only. To renew it on every kernel,
 * elements are added, so that the deletion finds them, deleted, and added with their new time, in one transaction.
 *
 * <p>Thread: one at a time.
 */
final class BlockedElements {

    private static final int[] FAMILIES = {AddressFamily.IPV4, AddressFamily.IPV6};
    private static final int CHANGES_OF_A_RENEWAL = 3;
    /** Twice 48 bytes each at most. */
    private static final int ENDS_IN_A_BATCH = 1_024;

    private final ElementTransactions transactions;
    private final boolean pretends;
    private final ElementBatch batch = new ElementBatch(NftRuleset.NAME);

    private BlockedElements(boolean pretends) throws FirewallException {
        this.pretends = pretends;
        try {
            transactions = ElementTransactions.open();
        } catch (IOException e) {
            throw new FirewallException("nftables: " + e.getMessage());
        }
    }

    static BlockedElements open() throws FirewallException {
        return new BlockedElements(false);
    }

    /** Does all but change something: the kernel takes its transactions for nothing. */
    static BlockedElements openUnderstudy() throws FirewallException {
        return new BlockedElements(true);
    }

    /**
     * Blocks all of these addresses and prefixes, with their own times: several thousand with one transaction, more
     * with several. With an exception an unknown share is blocked.
     */
    void block(List<Block> blocks) throws FirewallException {
        int from = 0;
        while (from < blocks.size()) {
            int end = endOfBatch(blocks, from);
            write(blocks.subList(from, end));
            run();
            from = end;
        }
    }

    /** Ends the blocks of all of these, likewise; one that is not blocked is no error. */
    void unblock(List<Cidr> targets) throws FirewallException {
        int from = 0;
        while (from < targets.size()) {
            int end = Math.min(from + ENDS_IN_A_BATCH, targets.size());
            List<Cidr> part = targets.subList(from, end);
            batch.begin();
            for (int family : FAMILIES) {
                change(Change.ADD, part, family);
                change(Change.DELETE, part, family);
            }
            run();
            from = end;
        }
    }

    private static int endOfBatch(List<Block> blocks, int from) {
        int end = from;
        int bytes = 0;
        while (end < blocks.size()) {
            Block block = blocks.get(end);
            bytes += ElementBatch.bytes(block.target()) * (block.renews() ? CHANGES_OF_A_RENEWAL : 1);
            if (bytes > ElementBatch.room()) {
                break;
            }
            end++;
        }
        return end;
    }

    private void write(List<Block> blocks) {
        List<Block> renewals = blocks.stream().filter(Block::renews).toList();
        batch.begin();
        for (int family : FAMILIES) {
            add(blocks, family);
            change(Change.DELETE, renewals.stream().map(Block::target).toList(), family);
            add(renewals, family);
        }
    }

    private void add(List<Block> blocks, int family) {
        List<Block> added = blocks.stream().filter(block -> block.target().family() == family).toList();
        if (!added.isEmpty()) {
            batch.change(Change.ADD, set(family));
            added.forEach(block -> batch.element(block.target(), TimeUnit.SECONDS.toMillis(block.seconds())));
        }
    }

    /** Without a time of their own. */
    private void change(Change change, List<Cidr> targets, int family) {
        List<Cidr> changed = targets.stream().filter(target -> target.family() == family).toList();
        if (!changed.isEmpty()) {
            batch.change(change, set(family));
            changed.forEach(target -> batch.element(target, 0));
        }
    }

    private static String set(int family) {
        return family == AddressFamily.IPV4 ? NftRuleset.BLOCKED4 : NftRuleset.BLOCKED6;
    }

    private void run() throws FirewallException {
        try {
            if (pretends) {
                transactions.rehearse(batch);
            } else {
                transactions.run(batch);
            }
        } catch (IOException e) {
            if (!pretends) {
                throw new FirewallException("nftables: " + e.getMessage());
            }
        }
    }

    void close() {
        transactions.close();
    }
}
