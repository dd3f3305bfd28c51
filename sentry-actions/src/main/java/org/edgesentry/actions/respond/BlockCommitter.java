package org.edgesentry.actions.respond;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.edgesentry.actions.ActionCounters;
import org.edgesentry.actions.Complaints;
import org.edgesentry.actions.firewall.Block;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.action.BlockOutcomes;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockEnd;
import org.edgesentry.core.ledger.BlockOrigin;
import org.edgesentry.core.ledger.BlockReason;
import org.edgesentry.core.ledger.ProbedPort;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.time.WallClock;

/**
 * Brings blocks into the firewall, those of many responses with one transaction, keeps the record of what is blocked in
 * step with it, and tells the pipeline how each ended.
 *
 * <p>Thread: action worker only.
 */
final class BlockCommitter {

    private final Firewall firewall;
    private final BlockBook book;
    private final BlockOutcomes outcomes;
    private final ActionCounters counters;
    private final Complaints complaints;
    private final BlockNews news;
    private final WallClock clock;
    private final List<Cidr> givingWay = new ArrayList<>();

    /** @param clock tells when the firewall has answered */
    BlockCommitter(ActionContext context, WallClock clock) {
        this.clock = clock;
        this.firewall = context.firewall();
        this.book = context.book();
        this.outcomes = context.outcomes();
        this.counters = context.counters();
        this.complaints = context.complaints();
        this.news = context.news();
    }

    /** Blocks the sources of all these responses. */
    void commit(List<Response> responses, long epochNanos) {
        if (responses.isEmpty()) {
            return;
        }
        List<Block> asked = responses.stream().map(response -> block(response, epochNanos)).toList();
        Set<Cidr> failed = Set.of();
        boolean full = false;
        try {
            block(asked, epochNanos);
        } catch (FirewallException e) {
            failed = e.failedOf(asked.stream().map(Block::target).toList());
            full = e.isForWantOfRoom();
            if (full) {
                failed = withoutReplaced(failed, responses, asked, epochNanos);
            } else {
                complainAbout(e.getMessage(), failed.iterator().next(), failed.size() - 1, epochNanos);
            }
        }
        long answeredNanos = clock.epochNanos();
        for (int i = 0; i < responses.size(); i++) {
            if (failed.contains(asked.get(i).target())) {
                countFailure(asked.get(i).target(), full);
            } else {
                recordTime(responses.get(i), answeredNanos);
                made(responses.get(i), asked.get(i), epochNanos);
            }
        }
    }

    private void block(List<Block> asked, long epochNanos) throws FirewallException {
        makeRoom(epochNanos);
        firewall.block(asked);
    }

    /** A full set holds blocks of the kernel's own, which the record learns of later: others give way, once. */
    private Set<Cidr> withoutReplaced(Set<Cidr> failed, List<Response> responses, List<Block> asked,
                                      long epochNanos) {
        List<Block> again = new ArrayList<>();
        for (int i = 0; i < responses.size(); i++) {
            if (failed.contains(asked.get(i).target()) && takesPlace(responses.get(i).request())) {
                again.add(asked.get(i));
            }
        }
        if (again.isEmpty()) {
            return failed;
        }
        try {
            block(again, epochNanos);
        } catch (FirewallException e) {
            return failed;
        }
        Set<Cidr> left = new HashSet<>(failed);
        again.forEach(block -> left.remove(block.target()));
        return left;
    }

    /**
     * BLOCK_MAX is reached: whether the weakest block gives way to the one that is asked for, since of a host that came
     * more than once more is known than of one that came once.
     */
    boolean takesPlace(ActionRequest request) {
        Optional<ActiveBlock> weakest = request.cameBefore && firewall.canUnblock()
                ? book.blocks().weakest() : Optional.empty();
        weakest.ifPresent(block -> {
            book.ended(block, BlockEnd.How.GAVE_WAY, request.epochNanos);
            givingWay.add(block.target());
        });
        return weakest.isPresent();
    }

    private void makeRoom(long epochNanos) {
        if (givingWay.isEmpty()) {
            return;
        }
        try {
            firewall.unblock(List.copyOf(givingWay));
        } catch (FirewallException e) {
            complaints.say(epochNanos, "give way " + e.getMessage(), "Blocks that were to give way to others, since "
                    + "BLOCK_MAX is reached, go on until their time is over: " + e.getMessage());
        }
        givingWay.clear();
    }

    /** What the firewall is asked for. A renewal prolongs a block; it never shortens one. */
    Block block(Response response, long epochNanos) {
        long seconds = response.seconds();
        Optional<ActiveBlock> active = book.blocks().find(response.target()).filter(ActiveBlock::inFirewall);
        if (active.isPresent() && seconds != 0) {
            seconds = active.get().isEndless() ? 0 : Math.max(seconds, secondsLeft(active.get(), epochNanos));
        }
        return new Block(response.target(), seconds, response.macros(),
                active.isPresent() || response.times() > 0);
    }

    /** How long a block lasts yet, rounded up; 0 without end, at least one second else. */
    static long secondsLeft(ActiveBlock block, long epochNanos) {
        long second = TimeUnit.SECONDS.toNanos(1);
        return block.isEndless() ? 0 : Math.max(1, (block.untilEpochNanos() - epochNanos + second - 1) / second);
    }

    private void recordTime(Response response, long answeredNanos) {
        if (!firewall.isDryRun()) {
            counters.probeToBlock().record(answeredNanos - response.request().epochNanos);
        }
    }

    /** KILL_ROUTE has succeeded. */
    void madeByCommand(Response response, long epochNanos) {
        recordTime(response, clock.epochNanos());
        made(response, block(response, epochNanos), epochNanos);
    }

    /** The firewall drops the source now. */
    private void made(Response response, Block block, long epochNanos) {
        counters.blockMade();
        long untilNanos = firewall.canUnblock() ? end(epochNanos, block.seconds()) : Long.MAX_VALUE;
        Cidr source = response.macros().source();
        if (firewall.isDryRun()) {
            response.blocked(AlertText.wouldBeBlocked(source));
            outcomes.blocked(response.target(), untilNanos);
            news.blocked(active(response, untilNanos, false), true);
        } else {
            response.blocked(response.extendsBlock() ? AlertText.extended(source, firewall.describe(block))
                    : AlertText.blocked(source, firewall.describe(block)));
            book.made(active(response, untilNanos, true));
        }
    }

    /** The firewall does not drop the source. */
    void failed(Response response, String words, long epochNanos) {
        countFailure(response.target(), false);
        complainAbout(words, response.target(), 0, epochNanos);
    }

    /** @param full BLOCK_MAX is reached, in the kernel's own blocks before the record knows of them */
    private void countFailure(Cidr target, boolean full) {
        if (full) {
            counters.blockRefused();
        } else {
            counters.blockFailed();
        }
        outcomes.failed(target);
    }

    private void complainAbout(String words, Cidr target, int others, long epochNanos) {
        String hosts = others == 0 ? target.toString() : target + " and " + others + " others";
        complaints.say(epochNanos, words, hosts + " cannot be blocked: " + words + "; " + FailureAdvice.of(words)
                + ". It is tried again" + (firewall.runsCommand() ? " with the next probe" : ""));
    }

    /** A command, or hosts.deny, was all that was to be done: the host counts as blocked until its time is over. */
    void answered(Response response, long epochNanos) {
        Optional<ActiveBlock> active = book.blocks().find(response.target());
        if (active.isPresent()) {
            outcomes.blocked(response.target(), active.get().untilEpochNanos());
        } else {
            book.made(active(response, end(epochNanos, response.seconds()), false));
        }
    }

    private static ActiveBlock active(Response response, long untilNanos, boolean inFirewall) {
        ActionRequest request = response.request();
        BlockOrigin origin = new BlockOrigin(BlockReason.PROBE, response.macros().source(), request.protocol,
                request.port);
        return new ActiveBlock(response.target(), origin, request.epochNanos, untilNanos, response.times() + 1,
                List.of(new ProbedPort(request.protocol, request.port)), inFirewall);
    }

    /** The time of the block's end; one beyond the year 2262 is none. */
    static long end(long fromEpochNanos, long seconds) {
        long lengthNanos = TimeUnit.SECONDS.toNanos(seconds);
        boolean endless = seconds == 0 || lengthNanos > Long.MAX_VALUE - fromEpochNanos;
        return endless ? Long.MAX_VALUE : fromEpochNanos + lengthNanos;
    }
}
