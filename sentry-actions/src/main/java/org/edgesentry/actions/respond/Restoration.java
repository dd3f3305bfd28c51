package org.edgesentry.actions.respond;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.firewall.Block;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.actions.firewall.HeldBlock;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockEnd;
import org.edgesentry.core.ledger.BlockOrigin;
import org.edgesentry.core.ledger.BlockReason;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.time.WallClock;

/**
 * Takes up what a former run has left: blocks of the ledger that are still due are put into the firewall again, all in
 * one go and with the time that is left of them; those whose time is over, and of hosts that are spared by now, are
 * taken out. What the firewall holds and the ledger does not know was blocked by the kernel alone, or by a run whose
 * ledger is lost, and is taken over.
 *
 * <p>Thread: before the start, or the action worker when a firewall comes into use later.
 */
final class Restoration {

    private static final Logger LOG = LogManager.getLogger(Restoration.class);

    /** Two times that are rounded up to a second are the same. */
    private static final int SAME_TIME_SECONDS = 1;

    private final ActionContext context;
    private final Firewall firewall;
    private final ResponsePlan plan;
    private final boolean commandsUndone;
    private final WallClock clock;
    private final long epochNanos;
    private final Map<Cidr, ActiveBlock> due = new LinkedHashMap<>();
    /** Those of {@link #due} that the ledger does not know. */
    private final List<ActiveBlock> foreign = new ArrayList<>();
    private final Set<Cidr> toLift = new LinkedHashSet<>();
    /** Seconds left of what the firewall holds; null where it does not say. */
    private Map<Cidr, Long> held;
    private int ended;
    private int spared;
    private int beyondMax;

    /** @param rebooted whether the machine was started anew since the last run */
    Restoration(ActionContext context, ResponsePlan plan, boolean rebooted, WallClock clock, long epochNanos) {
        this.context = context;
        this.firewall = context.firewall();
        this.plan = plan;
        this.commandsUndone = rebooted && firewall.runsCommand();
        this.clock = clock;
        this.epochNanos = epochNanos;
    }

    /**
     * Does it, and says what came of it; without a firewall the ledger is left as it is.
     *
     * @return whether the firewall holds now what is due
     */
    boolean run() {
        if (firewall.isDryRun()) {
            return true;
        }
        sort(context.book().former(epochNanos));
        takeOver();
        lift();
        boolean applied = apply();
        context.book().keep(epochNanos);
        if (due.size() + ended + spared + beyondMax > 0) {
            LOG.info("Blocks of a former run: {} in force again, of which {} were known to the firewall only; the "
                    + "time of {} is over, {} are spared by now{}", due.size(), foreign.size(), ended, spared,
                    beyondMax > 0 ? ", " + beyondMax + " are more than BLOCK_MAX allows" : "");
        }
        return applied;
    }

    private void sort(List<ActiveBlock> former) {
        for (ActiveBlock block : former.stream().sorted().toList()) {
            if (isOver(block)) {
                ended++;
                end(block, BlockEnd.How.EXPIRED);
            } else if (isSpared(block.target()) && block.origin().reason() != BlockReason.FORCED) {
                spared++;
                end(block, BlockEnd.How.SPARED);
            } else {
                due.put(block.target(), block);
            }
        }
        giveWay();
    }

    /** Beyond BLOCK_MAX, those go first that end first. */
    private void giveWay() {
        int tooMany = Math.max(0, due.size() - context.book().blocks().max());
        for (ActiveBlock block : due.values().stream().limit(tooMany).toList()) {
            beyondMax++;
            due.remove(block.target());
            end(block, BlockEnd.How.GAVE_WAY);
        }
    }

    /** What KILL_ROUTE did is gone with a new start of the machine; it is run again with the host's next probe. */
    private boolean isOver(ActiveBlock block) {
        return block.untilEpochNanos() <= epochNanos || commandsUndone && block.inFirewall();
    }

    private boolean isSpared(Cidr target) {
        return plan.sparedIn(target).isPresent();
    }

    private void end(ActiveBlock block, BlockEnd.How how) {
        context.book().noteEnded(block, how, epochNanos);
        if (block.inFirewall()) {
            toLift.add(block.target());
        }
    }

    private void takeOver() {
        try {
            List<HeldBlock> all = firewall.held();
            held = new HashMap<>();
            all.forEach(block -> held.put(block.target(), block.secondsLeft()));
            all.stream().filter(isUnknown()).forEach(this::takeOver);
        } catch (FirewallException e) {
            LOG.warn("The firewall does not say which blocks a former run has left: {}", e.getMessage());
        }
    }

    private Predicate<HeldBlock> isUnknown() {
        return held -> !due.containsKey(held.target()) && !toLift.contains(held.target());
    }

    private void takeOver(HeldBlock held) {
        Cidr target = held.target();
        boolean isSpared = isSpared(target);
        if (isSpared || due.size() >= context.book().blocks().max()) {
            spared += isSpared ? 1 : 0;
            beyondMax += isSpared ? 0 : 1;
            toLift.add(target);
            return;
        }
        int times = context.book().timesBlocked(target);
        BlockOrigin origin = BlockOrigin.withoutProbe(BlockReason.KERNEL, target);
        ActiveBlock block =
                new ActiveBlock(target, origin, epochNanos, end(held, times), times + 1, List.of(), true);
        due.put(target, block);
        foreign.add(block);
    }

    /** A firewall that ends no block by itself does not know its time either. */
    private long end(HeldBlock held, int times) {
        long seconds = held.secondsLeft() == 0 && !firewall.expiresByItself()
                ? plan.times().seconds(times) : held.secondsLeft();
        return BlockCommitter.end(epochNanos, seconds);
    }

    private void lift() {
        if (toLift.isEmpty() || !firewall.canUnblock()) {
            return;
        }
        try {
            firewall.unblock(List.copyOf(toLift));
        } catch (FirewallException e) {
            LOG.warn("Blocks of a former run whose time is over could not be lifted: {}", e.getMessage());
        }
    }

    /** By a fresh time: to read many blocks takes a moment, by which the kernel would let them go on for longer. */
    private boolean apply() {
        due.values().forEach(context.book()::noteRestored);
        foreign.forEach(context.book()::noteMade);
        long nowNanos = clock.epochNanos();
        List<Block> asked = due.values().stream().filter(block -> block.inFirewall() && !isHeld(block, nowNanos))
                .map(block -> asked(block, nowNanos)).toList();
        try {
            if (!firewall.runsCommand() && !asked.isEmpty()) {
                firewall.block(asked);
            }
            return true;
        } catch (FirewallException e) {
            LOG.warn("Blocks of a former run could not be put into the firewall, which is tried again: {}",
                    e.getMessage());
            return false;
        }
    }

    /** What the kernel has let go on while nobody was here needs no doing. */
    private boolean isHeld(ActiveBlock block, long nowNanos) {
        Long seconds = held == null ? null : held.get(block.target());
        if (seconds == null) {
            return false;
        }
        long left = BlockCommitter.secondsLeft(block, nowNanos);
        return !firewall.expiresByItself()
                || (left == 0) == (seconds == 0) && Math.abs(left - seconds) <= SAME_TIME_SECONDS;
    }

    /** To renew what is not there would be three times the work. */
    private Block asked(ActiveBlock block, long nowNanos) {
        boolean renews = held == null || held.containsKey(block.target());
        return FirewallCare.asked(block, plan, nowNanos, renews);
    }
}
