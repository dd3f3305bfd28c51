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
    /** Those that give way when there is no more room, first to end first. */
    private final TreeSet<ActiveBlock> ofOneProbe = new TreeSet<>();
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
        return covering(family, hi, lo).isPresent();
    }

    /** The narrowest block that covers the address. */
    public Optional<ActiveBlock> covering(int family, long hi, long lo) {
        int[] ofLength = ofLength(family);
        for (int length = ofLength.length - 1; length >= 0; length--) {
            ActiveBlock block = ofLength[length] > 0 ? byTarget.get(new Cidr(family, hi, lo, length)) : null;
            if (block != null) {
                return Optional.of(block);
            }
        }
        return Optional.empty();
    }

    /** Adds the block, or gives the one of the same target its new end; what is in force then. */
    public ActiveBlock put(ActiveBlock block) {
        ActiveBlock older = byTarget.get(block.target());
        ActiveBlock current = older == null ? block : block.renewing(older);
        if (older == null) {
            ofLength(block.target().family())[block.target().prefixLength()]++;
        }
        replace(older, current);
        return current;
    }

    private void replace(ActiveBlock older, ActiveBlock newer) {
        if (older != null) {
            byEnd.remove(older);
            ofOneProbe.remove(older);
        }
        byTarget.put(newer.target(), newer);
        byEnd.add(newer);
        if (newer.restsOnOneProbe()) {
            ofOneProbe.add(newer);
        }
        changed();
    }

    /** Forgets the block of this target, if there is one. */
    public void remove(Cidr target) {
        ActiveBlock block = byTarget.remove(target);
        if (block != null) {
            byEnd.remove(block);
            ofOneProbe.remove(block);
            ofLength(target.family())[target.prefixLength()]--;
            changed();
        }
    }

    /** Notes that a blocked host has asked for a port; the block, if that is news. */
    public Optional<ActiveBlock> note(Cidr target, ProbedPort port) {
        ActiveBlock older = byTarget.get(target);
        ActiveBlock newer = older == null ? null : older.with(port);
        if (newer == older) {
            return Optional.empty();
        }
        replace(older, newer);
        return Optional.of(newer);
    }

    /** The block that gives way to that of a host that came more than once, if there is one. */
    public Optional<ActiveBlock> weakest() {
        return ofOneProbe.isEmpty() ? Optional.empty() : Optional.of(ofOneProbe.first());
    }

    /** Moves all times by so much: the clock was set. */
    public void shift(long nanos) {
        List<ActiveBlock> all = List.copyOf(byEnd);
        all.forEach(block -> replace(block, block.shifted(nanos)));
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
