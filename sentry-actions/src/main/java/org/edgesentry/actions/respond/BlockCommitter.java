package org.edgesentry.actions.respond;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.edgesentry.actions.ActionCounters;
import org.edgesentry.actions.Complaints;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.ActiveBlocks;
import org.edgesentry.core.ledger.BlockOrigin;
import org.edgesentry.core.ledger.BlockReason;
import org.edgesentry.core.ledger.ProbedPort;
import org.edgesentry.actions.firewall.Block;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.action.BlockOutcomes;
import org.edgesentry.core.net.Cidr;

/**
 * Brings blocks into the firewall, those of many responses with one transaction, keeps the list of what is blocked in
 * step with it, and tells the pipeline how each ended.
 *
 * <p>Thread: action worker only.
 */
final class BlockCommitter {

    private final Firewall firewall;
    private final ActiveBlocks blocks;
    private final BlockOutcomes outcomes;
    private final ActionCounters counters;
    private final Complaints complaints;

    BlockCommitter(ActionContext context) {
        this.firewall = context.firewall();
        this.blocks = context.blocks();
        this.outcomes = context.outcomes();
        this.counters = context.counters();
        this.complaints = context.complaints();
    }

    /** Blocks the sources of all these responses. */
    void commit(List<Response> responses, long epochNanos) {
        if (responses.isEmpty()) {
            return;
        }
        List<Block> asked = responses.stream().map(response -> block(response, epochNanos)).toList();
        Set<Cidr> failed = Set.of();
        try {
            firewall.block(asked);
        } catch (FirewallException e) {
            failed = e.failedOf(asked.stream().map(Block::target).toList());
            complainAbout(e.getMessage(), failed.iterator().next(), failed.size() - 1, epochNanos);
        }
        for (int i = 0; i < responses.size(); i++) {
            if (failed.contains(asked.get(i).target())) {
                countFailure(asked.get(i).target());
            } else {
                made(responses.get(i), asked.get(i), epochNanos);
            }
        }
    }

    /** What the firewall is asked for. A renewal prolongs a block; it never shortens one. */
    Block block(Response response, long epochNanos) {
        long seconds = response.request().blockSeconds;
        Optional<ActiveBlock> active = blocks.find(response.target()).filter(ActiveBlock::inFirewall);
        if (active.isPresent() && seconds != 0) {
            long untilNanos = active.get().untilEpochNanos();
            long leftSeconds = TimeUnit.NANOSECONDS.toSeconds(untilNanos - epochNanos);
            seconds = untilNanos == Long.MAX_VALUE ? 0 : Math.max(seconds, leftSeconds);
        }
        return new Block(response.target(), seconds, response.macros());
    }

    /** The firewall drops the source now. */
    void made(Response response, Block block, long epochNanos) {
        counters.blockMade();
        long untilNanos = firewall.canUnblock() ? end(epochNanos, block.seconds()) : Long.MAX_VALUE;
        Cidr source = response.macros().source();
        if (firewall.isDryRun()) {
            response.blocked(AlertText.wouldBeBlocked(source));
        } else {
            response.blocked(AlertText.blocked(source, firewall.describe(block)));
            record(response, untilNanos, true);
        }
        outcomes.blocked(response.target(), untilNanos);
    }

    /** The firewall does not drop the source. */
    void failed(Response response, String words, long epochNanos) {
        countFailure(response.target());
        complainAbout(words, response.target(), 0, epochNanos);
    }

    private void countFailure(Cidr target) {
        counters.blockFailed();
        outcomes.failed(target);
    }

    private void complainAbout(String words, Cidr target, int others, long epochNanos) {
        String hosts = others == 0 ? target.toString() : target + " and " + others + " others";
        complaints.say(epochNanos, words, hosts + " cannot be blocked: " + words + "; " + FailureAdvice.of(words)
                + ". It is tried again with the next probe");
    }

    /** A command, or hosts.deny, was all that was to be done: the host counts as blocked until its time is over. */
    void answered(Response response, long epochNanos) {
        Optional<ActiveBlock> active = blocks.find(response.target());
        long untilNanos = active.map(ActiveBlock::untilEpochNanos)
                .orElseGet(() -> end(epochNanos, response.request().blockSeconds));
        if (active.isEmpty()) {
            record(response, untilNanos, false);
        }
        outcomes.blocked(response.target(), untilNanos);
    }

    private void record(Response response, long untilNanos, boolean inFirewall) {
        ActionRequest request = response.request();
        Cidr source = response.macros().source();
        BlockOrigin origin = new BlockOrigin(BlockReason.PROBE, source, request.protocol, request.port);
        blocks.put(new ActiveBlock(response.target(), origin, request.epochNanos, untilNanos, 1,
                List.of(new ProbedPort(request.protocol, request.port)), inFirewall));
    }

    /** The time of the block's end; one beyond the year 2262 is none. */
    static long end(long fromEpochNanos, long seconds) {
        long lengthNanos = TimeUnit.SECONDS.toNanos(seconds);
        boolean endless = seconds == 0 || lengthNanos > Long.MAX_VALUE - fromEpochNanos;
        return endless ? Long.MAX_VALUE : fromEpochNanos + lengthNanos;
    }
}
