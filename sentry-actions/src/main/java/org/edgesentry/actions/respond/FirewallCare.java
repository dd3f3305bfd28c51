package org.edgesentry.actions.respond;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.firewall.Block;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.actions.firewall.FirewallWatch;
import org.edgesentry.actions.firewall.HeldBlock;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.time.WallClock;

/**
 * Sees to it that the firewall holds what the record says. Rules that somebody has taken away are made anew, and blocks
 * put back, within a few seconds; where that fails, it is tried again.
 *
 * <p>Thread: action worker only.
 */
final class FirewallCare {

    private static final Logger LOG = LogManager.getLogger(FirewallCare.class);
    /** Where nobody tells of changes, it takes programs to look: not more often than this, ticks. */
    private static final int TICKS_BETWEEN_LOOKS = 4;
    /** After a look that took its time, it rests for so many times as long, up to a minute. */
    private static final int REST_FACTOR = 20;
    private static final long LONGEST_REST_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** A block that ends so soon may be gone in the kernel already. */
    private static final long ENDS_SOON_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final ActionContext context;
    private final Firewall firewall;
    private final FirewallWatch watch;
    private final WallClock clock;
    private final Backoff backoff = new Backoff();
    private ResponsePlan plan;
    private int ticks;
    private boolean rulesInDoubt;
    private boolean blocksInDoubt;
    private long lookedNanos;
    private long restNanos;

    FirewallCare(ActionContext context, FirewallWatch watch, WallClock clock, ResponsePlan plan) {
        this.context = context;
        this.firewall = context.firewall();
        this.watch = watch;
        this.clock = clock;
        this.plan = plan;
    }

    /** From now on by this plan. */
    void use(ResponsePlan newest) {
        plan = newest;
    }

    /** The firewall did not take blocks that it should hold: they are tried again with the ticks. */
    void lacksBlocks(long epochNanos) {
        blocksInDoubt = true;
        backoff.failed(epochNanos);
    }

    /** Once a second. */
    void tick(long epochNanos) {
        ticks++;
        if (firewall.isDryRun() || firewall.runsCommand()) {
            return;
        }
        listen();
        if (!backoff.isOver(epochNanos)) {
            return;
        }
        try {
            look(epochNanos);
            backoff.succeeded();
        } catch (FirewallException e) {
            lacksBlocks(epochNanos);
            context.complaints().say(epochNanos, "mend " + e.getMessage(), "The firewall lacks blocks and cannot be "
                    + "mended: " + e.getMessage() + "; " + FailureAdvice.of(e.getMessage()) + ". It is tried again");
        }
    }

    private void listen() {
        FirewallWatch.Change change = firewall.isWatched() ? watch.look() : FirewallWatch.Change.UNKNOWN;
        rulesInDoubt |= change == FirewallWatch.Change.RULES || change == FirewallWatch.Change.BLOCKS
                || change == FirewallWatch.Change.UNKNOWN && ticks % TICKS_BETWEEN_LOOKS == 0;
        blocksInDoubt |= change == FirewallWatch.Change.BLOCKS;
    }

    private void look(long epochNanos) throws FirewallException {
        if (rulesInDoubt) {
            if (!firewall.isIntact(due().stream().map(ActiveBlock::target).toList())) {
                mend(epochNanos);
                blocksInDoubt = false;
            }
            rulesInDoubt = false;
        }
        if (blocksInDoubt && isRested(epochNanos)) {
            compare(epochNanos);
            blocksInDoubt = false;
        }
    }

    private boolean isRested(long epochNanos) {
        return epochNanos - lookedNanos >= restNanos || epochNanos < lookedNanos;
    }

    private List<ActiveBlock> due() {
        return context.book().all().stream().filter(ActiveBlock::inFirewall).toList();
    }

    private void mend(long epochNanos) throws FirewallException {
        firewall.open();
        List<ActiveBlock> blocks = due();
        firewall.block(asked(blocks, plan, epochNanos));
        context.complaints().say(epochNanos, "mended", "Our part of the firewall was taken away or changed by somebody "
                + "else; it is made anew, with " + blocks.size() + " blocks");
    }

    /** Elements can be taken out of a set while the set stays. */
    private void compare(long epochNanos) throws FirewallException {
        long begin = clock.epochNanos();
        List<ActiveBlock> missing = notHeld(due(), epochNanos);
        if (!missing.isEmpty()) {
            // The kernel may leave some out of a long listing while it enlarges the set.
            missing = notHeld(missing, epochNanos);
        }
        if (!missing.isEmpty()) {
            firewall.block(asked(missing, plan, epochNanos));
            say(missing, epochNanos);
        }
        lookedNanos = epochNanos;
        restNanos = Math.min((clock.epochNanos() - begin) * REST_FACTOR, LONGEST_REST_NANOS);
    }

    private List<ActiveBlock> notHeld(List<ActiveBlock> blocks, long epochNanos) throws FirewallException {
        Set<Cidr> held = firewall.held().stream().map(HeldBlock::target).collect(Collectors.toCollection(HashSet::new));
        return blocks.stream().filter(block -> !held.contains(block.target()))
                .filter(block -> block.untilEpochNanos() - epochNanos > ENDS_SOON_NANOS).toList();
    }

    private void say(List<ActiveBlock> missing, long epochNanos) {
        if (backoff.isFailing()) {
            LOG.info("The firewall has taken the {} blocks that it lacked", missing.size());
        } else {
            Cidr first = missing.get(0).target();
            context.complaints().say(epochNanos, "put back", missing.size() + " blocks were taken out of the firewall "
                    + "by somebody else and are put back, " + first + " among them; to lift a block: sentry unblock "
                    + first);
        }
    }

    /** The blocks as the firewall is to hold them from now on. */
    static List<Block> asked(List<ActiveBlock> blocks, ResponsePlan plan, long epochNanos) {
        return blocks.stream().map(block -> asked(block, plan, epochNanos, true)).toList();
    }

    /** The block as the firewall is to hold it from now on; {@code renews} if the firewall may hold it already. */
    static Block asked(ActiveBlock block, ResponsePlan plan, long epochNanos, boolean renews) {
        return new Block(block.target(), BlockCommitter.secondsLeft(block, epochNanos), plan.macros(block.origin()),
                renews);
    }
}
