package org.edgesentry.actions.respond;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.edgesentry.actions.ActionCounters;
import org.edgesentry.actions.Complaints;
import org.edgesentry.actions.block.ActiveBlock;
import org.edgesentry.actions.block.ActiveBlocks;
import org.edgesentry.actions.firewall.Block;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.action.BlockOutcomes;
import org.edgesentry.core.net.Cidr;

/**
 * Brings the blocks that a batch asks for into the firewall with one transaction, keeps the list of what is blocked in
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

    BlockCommitter(Firewall firewall, ActiveBlocks blocks, BlockOutcomes outcomes, ActionCounters counters,
                   Complaints complaints) {
        this.firewall = firewall;
        this.blocks = blocks;
        this.outcomes = outcomes;
        this.counters = counters;
        this.complaints = complaints;
    }

    /** The blocks that were made, by target. */
    Map<Cidr, Block> commit(ActionBatch batch) {
        Map<Cidr, ActionRequest> wanted = wanted(batch);
        if (wanted.isEmpty()) {
            return Map.of();
        }
        List<Block> asked = new ArrayList<>();
        int room = blocks.room();
        for (Map.Entry<Cidr, ActionRequest> entry : wanted.entrySet()) {
            Optional<ActiveBlock> active = blocks.find(entry.getKey());
            if (active.isPresent() && !firewall.canUnblock()) {
                outcomes.blocked(entry.getKey(), active.get().untilEpochNanos());
            } else if (active.isEmpty() && room-- <= 0) {
                refuse(entry.getKey(), entry.getValue());
            } else {
                long seconds = atLeastWhatIsLeft(entry.getValue(), active);
                asked.add(new Block(entry.getKey(), seconds, entry.getValue().port));
            }
        }
        return asked.isEmpty() ? Map.of() : transact(asked, wanted);
    }

    /** A renewal prolongs a block; it never shortens one. */
    private static long atLeastWhatIsLeft(ActionRequest request, Optional<ActiveBlock> active) {
        if (active.isEmpty() || request.blockSeconds == 0) {
            return request.blockSeconds;
        }
        long untilNanos = active.get().untilEpochNanos();
        long leftSeconds = TimeUnit.NANOSECONDS.toSeconds(untilNanos - request.epochNanos);
        return untilNanos == Long.MAX_VALUE ? 0 : Math.max(request.blockSeconds, leftSeconds);
    }

    private static Map<Cidr, ActionRequest> wanted(ActionBatch batch) {
        Map<Cidr, ActionRequest> wanted = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            ActionRequest request = batch.get(i);
            if (request.blockRequested) {
                wanted.putIfAbsent(target(request), request);
            }
        }
        return wanted;
    }

    /** What a request wants to have blocked. */
    static Cidr target(ActionRequest request) {
        return new Cidr(request.family, request.sourceHi, request.sourceLo, request.blockPrefixLength);
    }

    private void refuse(Cidr target, ActionRequest request) {
        counters.blockRefused();
        outcomes.failed(target);
        complaints.say(request.epochNanos, "BLOCK_MAX", target + " is not blocked: BLOCK_MAX (" + blocks.max()
                + " blocks) is reached; raise it, or shorten BLOCK_TIME");
    }

    private Map<Cidr, Block> transact(List<Block> asked, Map<Cidr, ActionRequest> wanted) {
        Set<Cidr> failed = Set.of();
        try {
            firewall.block(asked);
        } catch (FirewallException e) {
            failed = e.failedOf(asked.stream().map(Block::target).toList());
            complainAbout(e, failed, wanted);
        }
        Map<Cidr, Block> made = new LinkedHashMap<>();
        for (Block block : asked) {
            if (failed.contains(block.target())) {
                counters.blockFailed();
                outcomes.failed(block.target());
            } else {
                counters.blockMade();
                made.put(block.target(), block);
                record(block, wanted.get(block.target()));
            }
        }
        return made;
    }

    private void complainAbout(FirewallException fault, Set<Cidr> failed, Map<Cidr, ActionRequest> wanted) {
        Cidr first = failed.iterator().next();
        String others = failed.size() == 1 ? "" : " and " + (failed.size() - 1) + " others";
        complaints.say(wanted.get(first).epochNanos, fault.getMessage(), first + others + " cannot be blocked: "
                + fault.getMessage() + "; " + FailureAdvice.of(fault.getMessage())
                + ". It is tried again with the next probe");
    }

    private void record(Block block, ActionRequest request) {
        long untilNanos = firewall.canUnblock() ? end(request.epochNanos, block.seconds()) : Long.MAX_VALUE;
        if (!firewall.isDryRun()) {
            Cidr source = Cidr.ofAddress(request.family, request.sourceHi, request.sourceLo);
            blocks.put(new ActiveBlock(block.target(), source, source.toString(), request.epochNanos, untilNanos,
                    request.protocol, request.port));
        }
        outcomes.blocked(block.target(), untilNanos);
    }

    /** The time of the block's end; one beyond the year 2262 is none. */
    private static long end(long fromEpochNanos, long seconds) {
        long lengthNanos = TimeUnit.SECONDS.toNanos(seconds);
        boolean endless = seconds == 0 || lengthNanos > Long.MAX_VALUE - fromEpochNanos;
        return endless ? Long.MAX_VALUE : fromEpochNanos + lengthNanos;
    }
}
