package org.edgesentry.actions.respond;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.ledger.ProbedPort;
import org.edgesentry.core.time.ClockSteps;
import org.edgesentry.core.time.WallClock;

/**
 * What happens to blocks between the probes: they end, are lifted for those who are spared, are kept in step with the
 * firewall, the ledger and the clock, and are told and changed as the operator asks.
 *
 * <p>Thread: action worker only.
 */
final class BlockKeeping {

    private static final Logger LOG = LogManager.getLogger(BlockKeeping.class);
    private static final long FORGETS_EACH_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ActionContext context;
    private final WallClock clock;
    private final ClockSteps steps;
    private final boolean rebooted;
    private final BlockExpiry expiry;
    private final BlockRelease release;
    private final OperatorDesk operator;
    private final FirewallCare care;
    private final KernelOffload offload;
    private ResponsePlan plan;
    private Object restoredFor;
    private long forgotNanos = Long.MIN_VALUE;

    /** @param lines takes what is said about a host */
    BlockKeeping(ActionContext context, Surroundings surroundings, HostDenier denier, ResponsePlan plan,
                 Consumer<String> lines) {
        Unblocker unblocker = new Unblocker(context, denier);
        this.context = context;
        this.clock = surroundings.clock();
        this.steps = surroundings.steps();
        this.rebooted = surroundings.rebooted();
        this.plan = plan;
        this.expiry = new BlockExpiry(context, lines);
        this.release = new BlockRelease(context, unblocker, plan, lines);
        this.operator = new OperatorDesk(context, unblocker, plan, lines);
        this.care = new FirewallCare(context, surroundings.watch(), clock, plan);
        this.offload = new KernelOffload(context, plan, lines);
    }

    /** Takes up what a former run has left, and has the kernel do its part from now on. */
    void begin(long epochNanos) {
        restoredFor = context.firewall().identity();
        if (!new Restoration(context, plan, rebooted, clock, epochNanos).run()) {
            care.lacksBlocks(epochNanos);
        }
        offload.use(plan);
    }

    /** From now on by this plan; whether the list of blocks may have changed by that. */
    boolean renew(ResponsePlan newest, long epochNanos) {
        boolean released = release.renew(newest, epochNanos);
        plan = newest;
        operator.use(newest);
        care.use(newest);
        if (restoredFor != context.firewall().identity()) {
            begin(epochNanos);
            return true;
        }
        offload.use(newest);
        return released;
    }

    /** When the clock was set, blocks last as long as they were to: the kernel counts in a time of its own. */
    void followClock(long epochNanos) {
        long step = steps.since();
        if (step != 0) {
            context.book().shift(step, epochNanos);
            LOG.info("The clock was set by {} seconds; blocks last as long as they were to",
                    TimeUnit.NANOSECONDS.toSeconds(step));
        }
    }

    /** A blocked host has asked for a port that has its line: the ledger knows it too. */
    void note(ActionRequest probe) {
        context.book().blocks().covering(probe.family, probe.sourceHi, probe.sourceLo).ifPresent(block ->
                context.book().asked(block.target(), new ProbedPort(probe.protocol, probe.port)));
    }

    void obey(ActionRequest request) {
        operator.obey(request.command, request.epochNanos);
    }

    /** Once a second. */
    void tick(long epochNanos) {
        expiry.expire(epochNanos);
        release.retry(epochNanos);
        care.tick(epochNanos);
        offload.tick(epochNanos);
        forgetOld(epochNanos);
        context.book().keep(epochNanos);
    }

    private void forgetOld(long epochNanos) {
        if (epochNanos - forgotNanos >= FORGETS_EACH_NANOS || epochNanos < forgotNanos) {
            forgotNanos = epochNanos;
            context.book().forgetBefore(epochNanos - plan.remembersNanos(), epochNanos);
        }
    }

    /** Whether the kernel blocks by itself. Thread: any. */
    boolean isOffloaded() {
        return offload.isOn();
    }
}
