package org.edgesentry.actions.respond;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.actions.deny.DenyLine;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.core.net.Cidr;

/**
 * Lifts the blocks of hosts that have come onto the ignore list: in the firewall, in hosts.deny, in the list of blocks
 * and in the pipeline's. The firewall is also told of single addresses that this run knows nothing of, since a former
 * one may have blocked them. What cannot be lifted is tried again with each tick.
 *
 * <p>Thread: action worker only.
 */
final class BlockRelease {

    private final ActionContext context;
    private final HostDenier denier;
    private final Consumer<String> lines;
    private List<Cidr> ignored;
    private final Set<Cidr> left = new LinkedHashSet<>();

    /**
     * Begins with a list whose blocks are left alone.
     *
     * @param lines takes what is said about a host
     */
    BlockRelease(ActionContext context, HostDenier denier, List<Cidr> ignored, Consumer<String> lines) {
        this.context = context;
        this.denier = denier;
        this.ignored = ignored;
        this.lines = lines;
    }

    /** Lifts what the plan's ignore list has made wrong, if that is another than before; whether it is. */
    boolean renew(ResponsePlan plan, long epochNanos) {
        List<Cidr> newest = plan.ignored();
        if (newest.equals(ignored)) {
            return false;
        }
        Set<Cidr> before = Set.copyOf(ignored);
        List<Cidr> added = newest.stream().filter(entry -> !before.contains(entry)).toList();
        ignored = newest;
        Map<Cidr, ActiveBlock> known = new LinkedHashMap<>();
        context.blocks().overlapping(added).forEach(block -> known.put(block.target(), block));
        allow(plan, known, epochNanos);
        lift(known, unknown(added, known.keySet()), epochNanos);
        return true;
    }

    private void allow(ResponsePlan plan, Map<Cidr, ActiveBlock> known, long epochNanos) {
        Optional<String> template = plan.hostsDeny();
        if (template.isPresent() && !known.isEmpty()) {
            Set<String> denied = new LinkedHashSet<>();
            known.values().forEach(block -> denied.add(DenyLine.of(template.get(),
                    plan.macros(block.origin()))));
            denier.allow(denied, epochNanos);
        }
    }

    private Set<Cidr> unknown(List<Cidr> added, Set<Cidr> known) {
        if (!context.firewall().canUnblock()) {
            return Set.of();
        }
        Set<Cidr> unknown = new LinkedHashSet<>(added.stream().filter(Cidr::isSingleAddress).toList());
        unknown.removeAll(known);
        return unknown;
    }

    private void lift(Map<Cidr, ActiveBlock> known, Set<Cidr> unknown, long epochNanos) {
        Set<Cidr> targets = new LinkedHashSet<>(unknown);
        known.values().stream().filter(ActiveBlock::inFirewall).map(ActiveBlock::target).forEach(targets::add);
        Set<Cidr> failed = context.firewall().canUnblock() ? unblock(targets, epochNanos) : Set.of();
        for (ActiveBlock block : known.values()) {
            if (!failed.contains(block.target())) {
                forget(block);
            }
        }
        left.removeAll(targets);
        left.addAll(failed);
    }

    private Set<Cidr> unblock(Set<Cidr> targets, long epochNanos) {
        List<Cidr> asked = new ArrayList<>(targets);
        if (asked.isEmpty()) {
            return Set.of();
        }
        try {
            context.firewall().unblock(asked);
            return Set.of();
        } catch (FirewallException e) {
            Set<Cidr> failed = e.failedOf(asked);
            context.counters().unblocksFailed(failed.size());
            context.complaints().say(epochNanos, "release " + e.getMessage(), failed.iterator().next()
                    + " is on the ignore list but still blocked: " + e.getMessage() + "; "
                    + FailureAdvice.of(e.getMessage()) + ". It is tried again every second");
            return failed;
        }
    }

    private void forget(ActiveBlock block) {
        context.blocks().remove(block.target());
        context.outcomes().ended(block.target());
        if (block.inFirewall()) {
            lines.accept(context.firewall().canUnblock()
                    ? AlertText.released(block.origin().source())
                    : AlertText.cannotBeReleased(block.origin().source()));
        }
    }

    /** Tries again what could not be lifted. */
    void retry(long epochNanos) {
        if (!left.isEmpty()) {
            Map<Cidr, ActiveBlock> known = new LinkedHashMap<>();
            left.forEach(target -> context.blocks().find(target).ifPresent(block -> known.put(target, block)));
            Set<Cidr> unknown = new LinkedHashSet<>(left);
            unknown.removeAll(known.keySet());
            lift(known, unknown, epochNanos);
        }
    }
}
