package org.edgesentry.actions.firewall;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.edgesentry.actions.firewall.nfnetlink.ElementBatch;
import org.edgesentry.actions.firewall.nfnetlink.ElementBatch.Change;
import org.edgesentry.actions.firewall.nfnetlink.ElementTransactions;
import org.edgesentry.core.net.AddressFamily;

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
        batch.begin();
        for (int family : FAMILIES) {
            change(Change.ADD, blocks, family, false);
            change(Change.DELETE, blocks, family, true);
            change(Change.ADD, blocks, family, true);
        }
    }

    private void change(Change change, List<Block> blocks, int family, boolean renewalsOnly) {
        boolean begun = false;
        for (Block block : blocks) {
            if (block.target().family() == family && (block.renews() || !renewalsOnly)) {
                if (!begun) {
                    batch.change(change, family == AddressFamily.IPV4 ? NftRuleset.BLOCKED4 : NftRuleset.BLOCKED6);
                    begun = true;
                }
                batch.element(block.target(),
                        change == Change.ADD ? TimeUnit.SECONDS.toMillis(block.seconds()) : 0);
            }
        }
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
