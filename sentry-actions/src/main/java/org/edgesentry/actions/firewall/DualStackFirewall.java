package org.edgesentry.actions.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;

/**
 * One backend for IPv4 and one for IPv6. A machine without IPv6 is no reason to go without IPv4: then blocks of IPv6
 * sources fail, with the words that the backend gave when it was opened.
 *
 * <p>Thread: one at a time.
 */
final class DualStackFirewall implements Firewall {

    private final FamilyBackend ipv4;
    private final FamilyBackend ipv6;
    private final boolean expiresByItself;
    private FirewallException ipv6Fault;

    DualStackFirewall(FamilyBackend ipv4, FamilyBackend ipv6, boolean expiresByItself) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.expiresByItself = expiresByItself;
    }

    @Override
    public void open() throws FirewallException {
        ipv4.open();
        try {
            ipv6.open();
            ipv6Fault = null;
        } catch (FirewallException e) {
            ipv6Fault = e;
        }
    }

    @Override
    public void block(List<Block> blocks) throws FirewallException {
        run(blocks, Block::target, FamilyBackend::block);
    }

    @Override
    public void unblock(List<Cidr> targets) throws FirewallException {
        run(targets, Function.identity(), FamilyBackend::unblock);
    }

    private <T> void run(List<T> batch, Function<T, Cidr> target, Action<T> action) throws FirewallException {
        List<Cidr> failed = new ArrayList<>();
        String words = "";
        for (int family : new int[] {AddressFamily.IPV4, AddressFamily.IPV6}) {
            List<T> part = batch.stream().filter(element -> target.apply(element).family() == family).toList();
            try {
                attempts(family, target, action).run(part);
            } catch (FirewallException e) {
                words = e.getMessage();
                failed.addAll(e.failedOf(part.stream().map(target).toList()));
            }
        }
        if (!failed.isEmpty()) {
            throw new FirewallException(words, failed);
        }
    }

    private <T> BatchAttempts<T> attempts(int family, Function<T, Cidr> target, Action<T> action) {
        FamilyBackend backend = backend(family);
        return new BatchAttempts<>(target, part -> {
            requireOpen(family);
            action.run(backend, part);
        }, this::open);
    }

    private void requireOpen(int family) throws FirewallException {
        if (family == AddressFamily.IPV6 && ipv6Fault != null) {
            throw new FirewallException("no IPv6: " + ipv6Fault.getMessage());
        }
    }

    @Override
    public List<HeldBlock> held() throws FirewallException {
        List<HeldBlock> held = new ArrayList<>(ipv4.held());
        if (ipv6Fault == null) {
            held.addAll(ipv6.held());
        }
        return held;
    }

    @Override
    public boolean isIntact(List<Cidr> blocks) {
        try {
            return ipv4.isIntact(ofFamily(blocks, AddressFamily.IPV4))
                    && (ipv6Fault != null || ipv6.isIntact(ofFamily(blocks, AddressFamily.IPV6)));
        } catch (FirewallException e) {
            return false;
        }
    }

    private static List<Cidr> ofFamily(List<Cidr> blocks, int family) {
        return blocks.stream().filter(target -> target.family() == family).toList();
    }

    private FamilyBackend backend(int family) {
        return family == AddressFamily.IPV4 ? ipv4 : ipv6;
    }

    @Override
    public String describe(Block block) {
        return backend(block.target().family()).describe(block);
    }

    @Override
    public boolean expiresByItself() {
        return expiresByItself;
    }

    @Override
    public void close() {
        // The programs hold nothing between two runs.
    }

    /** One of the two things that a backend does with a batch. */
    @FunctionalInterface
    private interface Action<T> {
        void run(FamilyBackend backend, List<T> part) throws FirewallException;
    }
}
