package org.edgesentry.core.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PrefixMap;

/**
 * What is blocked now, in the order in which it ends. At most BLOCK_MAX.
 *
 * <p>Thread: action worker only, but for {@link #size}.
 */
public final class ActiveBlocks {

    private final int max;
    private final Map<Cidr, ActiveBlock> byTarget = new HashMap<>();
    private final TreeSet<ActiveBlock> byEnd = new TreeSet<>();
    /** How many targets there are of each prefix length: a look-up need only try those that occur. */
    private final int[] ofLength4 = new int[AddressFamily.bits(AddressFamily.IPV4) + 1];
    private final int[] ofLength6 = new int[AddressFamily.bits(AddressFamily.IPV6) + 1];
    private long changes;
    private volatile int size;

    /** An empty list for at most so many blocks. */
    public ActiveBlocks(int max) {
        this.max = max;
    }

    /** BLOCK_MAX. */
    public int max() {
        return max;
    }

    /** How many more blocks there is room for. */
    public int room() {
        return max - size;
    }

    /** How many blocks are in force. Thread: any. */
    public int size() {
        return size;
    }

    /** A number that differs when anything has changed. */
    public long changes() {
        return changes;
    }

    /** The block of exactly this target. */
    public Optional<ActiveBlock> find(Cidr target) {
        return Optional.ofNullable(byTarget.get(target));
    }

    /** Whether a block covers the address. */
    public boolean covers(int family, long hi, long lo) {
        int[] ofLength = ofLength(family);
        for (int length = ofLength.length - 1; length >= 0; length--) {
            if (ofLength[length] > 0 && byTarget.containsKey(new Cidr(family, hi, lo, length))) {
                return true;
            }
        }
        return false;
    }

    /** Adds the block, or gives the one of the same target its new end. */
    public void put(ActiveBlock block) {
        ActiveBlock older = byTarget.get(block.target());
        ActiveBlock current = older == null ? block : block.renewing(older);
        if (older == null) {
            ofLength(block.target().family())[block.target().prefixLength()]++;
        } else {
            byEnd.remove(older);
        }
        byTarget.put(block.target(), current);
        byEnd.add(current);
        changed();
    }

    /** Forgets the block of this target, if there is one. */
    public void remove(Cidr target) {
        ActiveBlock block = byTarget.remove(target);
        if (block != null) {
            byEnd.remove(block);
            ofLength(target.family())[target.prefixLength()]--;
            changed();
        }
    }

    /** Blocks whose end has come, first ended first, at most so many. They stay until they are removed. */
    public List<ActiveBlock> ended(long epochNanos, int limit) {
        List<ActiveBlock> ended = new ArrayList<>();
        for (ActiveBlock block : byEnd) {
            if (block.untilEpochNanos() > epochNanos || ended.size() == limit) {
                break;
            }
            ended.add(block);
        }
        return ended;
    }

    /** Blocks that one of these networks lies in, or that lie in one of them. */
    public List<ActiveBlock> overlapping(List<Cidr> networks) {
        PrefixMap map = PrefixMap.of(networks);
        Set<Cidr> around = new HashSet<>();
        for (Cidr network : networks) {
            int[] ofLength = ofLength(network.family());
            for (int length = 0; length <= network.prefixLength(); length++) {
                if (ofLength[length] > 0) {
                    around.add(new Cidr(network.family(), network.hi(), network.lo(), length));
                }
            }
        }
        return byEnd.stream().filter(block -> around.contains(block.target())
                || map.contains(block.target().family(), block.target().hi(), block.target().lo())).toList();
    }

    /** All blocks, first to end first; a view. */
    public Collection<ActiveBlock> all() {
        return Collections.unmodifiableCollection(byEnd);
    }

    private int[] ofLength(int family) {
        return family == AddressFamily.IPV4 ? ofLength4 : ofLength6;
    }

    private void changed() {
        changes++;
        size = byTarget.size();
    }
}
