package org.edgesentry.actions.respond;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.firewall.Block;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.actions.firewall.HeldBlock;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockOrigin;
import org.edgesentry.core.ledger.BlockReason;
import org.edgesentry.core.net.Cidr;

/**
 * BLOCK_OFFLOAD: has the kernel itself block who asks for a trap, and keeps the record in step with what it has done.
 *
 * <p>As a rule the daemon sees the same packet and records the block as any other. What it did not see, for a full ring
 * or in a flood beyond its share of BLOCK_RATE, the kernel tells within seconds: it keeps a list of what it has just
 * blocked, and who stands there twice and is in no record yet is taken over, but for those whose block has ended
 * meanwhile.
 *
 * <p>Thread: action worker only, but for {@link #isOn}.
 */
final class KernelOffload {

    private static final Logger LOG = LogManager.getLogger(KernelOffload.class);
    private static final int TICKS_BETWEEN_LOOKS = 2;
    /** While the list is empty. Who comes onto it stays ten seconds, so there is still time to see him twice. */
    private static final int TICKS_IN_PEACE = 4;

    private final ActionContext context;
    private final Consumer<String> lines;
    private ResponsePlan plan;
    private Set<Cidr> seenBefore = Set.of();
    private boolean impossible;
    private int ticks;
    private volatile boolean on;

    /** @param lines takes what is said about a host */
    KernelOffload(ActionContext context, ResponsePlan plan, Consumer<String> lines) {
        this.context = context;
        this.plan = plan;
        this.lines = lines;
    }

    /** From now on by this plan. */
    void use(ResponsePlan newest) {
        impossible &= newest.traps().equals(plan.traps());
        plan = newest;
        apply();
    }

    /** Whether the kernel blocks by itself. Thread: any. */
    boolean isOn() {
        return on;
    }

    /** Brings the kernel's rules up to date; where nothing has changed, this costs nothing. */
    private void apply() {
        if (impossible) {
            return;
        }
        try {
            boolean room = context.book().blocks().room() > 0;
            boolean now = context.firewall().offload(plan.traps(), room);
            if (now && !on) {
                LOG.info("The kernel itself drops the first probe of a trap and blocks its source (BLOCK_OFFLOAD)");
            }
            on = now;
        } catch (FirewallException e) {
            impossible = true;
            on = false;
            LOG.warn("The kernel cannot block by itself, so the daemon does it (BLOCK_OFFLOAD): {}", e.getMessage());
        }
    }

    /** Once a second. */
    void tick(long epochNanos) {
        apply();
        if (on && ++ticks >= (seenBefore.isEmpty() ? TICKS_IN_PEACE : TICKS_BETWEEN_LOOKS)) {
            ticks = 0;
            try {
                takeOver(context.firewall().fresh(), epochNanos);
            } catch (FirewallException e) {
                // The rules are gone; that is mended, and said, elsewhere.
                seenBefore = Set.of();
            }
        }
    }

    private void takeOver(List<HeldBlock> fresh, long epochNanos) {
        Set<Cidr> seen = new HashSet<>();
        List<ActiveBlock> adopted = new ArrayList<>();
        List<Cidr> wrong = new ArrayList<>();
        for (HeldBlock block : fresh) {
            Cidr target = block.target();
            seen.add(target);
            if (seenBefore.contains(target) && context.book().blocks().find(target).isEmpty()) {
                if (plan.sparedIn(target).isPresent() || context.book().blocks().room() <= adopted.size()) {
                    wrong.add(target);
                } else {
                    adopted.add(adopted(target, epochNanos));
                }
            }
        }
        seenBefore = seen;
        adopt(adopted, epochNanos);
        unblock(wrong, epochNanos);
    }

    private ActiveBlock adopted(Cidr target, long epochNanos) {
        int times = context.book().timesBlocked(target);
        BlockOrigin origin = BlockOrigin.withoutProbe(BlockReason.KERNEL, target);
        long until = BlockCommitter.end(epochNanos, plan.times().seconds(times));
        return new ActiveBlock(target, origin, epochNanos, until, times + 1, List.of(), true);
    }

    /** With the time that the record gives them, which may be longer than the kernel's. */
    private void adopt(List<ActiveBlock> blocks, long epochNanos) {
        if (blocks.isEmpty()) {
            return;
        }
        List<Block> asked = FirewallCare.asked(blocks, plan, epochNanos);
        try {
            context.firewall().block(asked);
        } catch (FirewallException e) {
            // They stay blocked for the kernel's own time, and are looked at again while they are fresh.
            context.complaints().say(epochNanos, "take over " + e.getMessage(), blocks.size() + " blocks that the "
                    + "kernel has made by itself are not taken into the record: " + e.getMessage());
            return;
        }
        blocks.forEach(context.book()::made);
        context.book().keep(epochNanos);
        for (int i = 0; i < blocks.size(); i++) {
            context.counters().blockMade();
            lines.accept(AlertText.blocked(blocks.get(i).origin().source(), context.firewall().describe(asked.get(i))));
        }
    }

    private void unblock(List<Cidr> wrong, long epochNanos) {
        if (wrong.isEmpty()) {
            return;
        }
        try {
            context.firewall().unblock(wrong);
        } catch (FirewallException e) {
            context.complaints().say(epochNanos, "take back " + e.getMessage(), wrong.size()
                    + " blocks that the kernel has made by itself cannot be taken back: " + e.getMessage());
        }
    }
}
