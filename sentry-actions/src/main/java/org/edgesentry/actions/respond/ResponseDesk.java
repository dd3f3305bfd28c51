package org.edgesentry.actions.respond;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockEnd;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.net.Cidr;

/**
 * Takes responses from step to step. What the worker does itself is done for all responses that have come to it at
 * once, so that many hosts are one transaction; what runs a command goes to the lane, and the response goes on with its
 * result. Until it is reported, a host has no second response.
 *
 * <p>Thread: action worker only.
 */
final class ResponseDesk {

    private final ActionContext context;
    private final BlockCommitter committer;
    private final HostDenier denier;
    private final CommandSteps commands;
    private final AnsweredHosts answered = new AnsweredHosts();
    private final FailedBlocks failed = new FailedBlocks();
    private final Map<Key, Response> open = new LinkedHashMap<>();
    private List<Response> ready = new ArrayList<>();
    private ResponsePlan plan;

    ResponseDesk(ActionContext context, BlockCommitter committer, HostDenier denier, CommandSteps commands,
                 ResponsePlan plan) {
        this.context = context;
        this.committer = committer;
        this.denier = denier;
        this.commands = commands;
        this.plan = plan;
    }

    /** From now on by this plan; what is under way goes on with the steps that it has. */
    void use(ResponsePlan newest) {
        plan = newest;
    }

    /** Begins the response that a request asks for, unless there is one already, or it was given. */
    Optional<Response> begin(ActionRequest request) {
        Key key = new Key(Response.target(request), request.commandOnly);
        if (open.containsKey(key)) {
            return Optional.empty();
        }
        endIfOver(key.target(), request);
        Optional<ActiveBlock> active = inForce(key.target(), request);
        if (active.isPresent() && !isExtended(active.get(), request)) {
            context.outcomes().blocked(key.target(), active.get().untilEpochNanos());
            return Optional.empty();
        }
        if (isWaiting(request, key.target()) || isRefused(request, key.target(), active.isEmpty())) {
            context.outcomes().failed(key.target());
            return Optional.empty();
        }
        Response response = new Response(request, plan.macros(request), term(key.target(), active),
                steps(request, active), plan.isCommandFirst());
        open.put(key, response);
        ready.add(response);
        return Optional.of(response);
    }

    /** A firewall that has just refused the host is not asked again by each of its probes. */
    private boolean isWaiting(ActionRequest request, Cidr target) {
        return !request.commandOnly && failed.isWaiting(target, request.epochNanos);
    }

    /** Tries again what the firewall has refused, where it is time for that. */
    void retry(long epochNanos) {
        for (ActionRequest request : failed.due(epochNanos)) {
            if (plan.spares(Cidr.ofAddress(request.family, request.sourceHi, request.sourceLo))) {
                failed.remove(Response.target(request));
            } else {
                begin(request);
            }
        }
    }

    /** A probe may come between the end of a block and the tick that ends it here. */
    private void endIfOver(Cidr target, ActionRequest request) {
        context.book().blocks().find(target).filter(block -> block.untilEpochNanos() <= request.epochNanos)
                .ifPresent(block -> {
                    context.book().noteEnded(block, BlockEnd.How.EXPIRED, request.epochNanos);
                    context.counters().blocksExpired(1);
                });
    }

    /** The block that answers the request; one that is less than what is asked for does not. */
    private Optional<ActiveBlock> inForce(Cidr target, ActionRequest request) {
        return context.book().blocks().find(target)
                .filter(block -> block.inFirewall() || request.commandOnly);
    }

    private boolean isExtended(ActiveBlock active, ActionRequest request) {
        return plan.extendsBlocks() && !request.commandOnly && active.inFirewall() && !active.isEndless()
                && context.firewall().canUnblock();
    }

    private Term term(Cidr target, Optional<ActiveBlock> active) {
        int times = context.book().timesBlocked(target);
        return active.isPresent() ? new Term(plan.times().firstSeconds(), times - 1, true)
                : new Term(plan.times().seconds(times), times, false);
    }

    private boolean isRefused(ActionRequest request, Cidr target, boolean isNew) {
        if (request.commandOnly && plan.command().isEmpty()) {
            context.complaints().say(request.epochNanos, "no command", "BLOCK_TCP or BLOCK_UDP is 2, but KILL_RUN_CMD "
                    + "is not set: nothing is done about " + target);
            return true;
        }
        if (isNew && context.book().blocks().room() <= open.size() && !committer.takesPlace(request)) {
            context.counters().blockRefused();
            return true;
        }
        return false;
    }

    private List<Step> steps(ActionRequest request, Optional<ActiveBlock> active) {
        if (request.commandOnly) {
            return plan.commandOnly();
        }
        return active.isPresent() ? plan.renewal()
                : plan.block(answered.contains(Response.target(request), request.epochNanos));
    }

    /** The response to the source of this probe that is not reported yet. */
    Optional<Response> openFor(ActionRequest probe) {
        Cidr target = Response.target(probe);
        return Optional.ofNullable(open.get(new Key(target, false))).or(
                () -> Optional.ofNullable(open.get(new Key(target, true))));
    }

    /** Lets responses go on whose command has ended; those to hosts that are spared by now end here. */
    void collect(long epochNanos) {
        for (Optional<Response> next = commands.next(epochNanos); next.isPresent(); next = commands.next(epochNanos)) {
            if (plan.spares(next.get().macros().source())) {
                next.get().giveUp();
            }
            ready.add(next.get());
        }
    }

    /** Takes all responses as far as they come now, and gives those that are to be reported: the ledger has them. */
    List<Response> advance(long epochNanos) {
        List<Response> toReport = new ArrayList<>();
        while (!ready.isEmpty()) {
            if (!context.firewall().runsCommand()) {
                committer.commit(takeOn(Step.BLOCK), epochNanos);
            }
            denyAll(epochNanos);
            List<Response> current = ready;
            ready = new ArrayList<>();
            current.forEach(response -> direct(response, toReport, epochNanos));
        }
        if (!toReport.isEmpty()) {
            context.book().keep(epochNanos);
        }
        return toReport;
    }

    private void denyAll(long epochNanos) {
        List<Response> toDeny = takeOn(Step.DENY);
        plan.hostsDeny().ifPresent(template -> denier.deny(toDeny, template, epochNanos));
    }

    /** The responses that are at this step, and are now behind it. */
    private List<Response> takeOn(Step step) {
        List<Response> taken = ready.stream().filter(response -> response.isAt(step)).toList();
        taken.forEach(Response::done);
        return taken;
    }

    private void direct(Response response, List<Response> toReport, long epochNanos) {
        if (response.isAt(Step.REPORT)) {
            conclude(response, epochNanos);
            toReport.add(response);
        } else if (response.next().isPresent()
                && !(commands.isNextIn(response) && commands.begin(response, plan, epochNanos))) {
            ready.add(response);
        }
    }

    private void conclude(Response response, long epochNanos) {
        if (context.firewall().isDryRun() && response.isAnswered() && !response.request().commandOnly) {
            committer.answered(response, epochNanos);
        }
        noteBlock(response, epochNanos);
        if (response.isBlocked()) {
            answered.remove(response.target());
        } else if (response.isComplete()) {
            answered.add(response.target(), BlockCommitter.end(epochNanos, response.seconds()));
        }
    }

    /** A command of the administrator's is run again with the host's next probe only. */
    private void noteBlock(Response response, long epochNanos) {
        if (response.isBlocked() || context.firewall().runsCommand() || context.firewall().isDryRun()) {
            failed.remove(response.target());
        } else if (!response.request().commandOnly && !plan.spares(response.macros().source())) {
            failed.add(response.request(), epochNanos);
        }
    }

    /** The response is written down; what is left of it may go on. */
    void reported(Response response) {
        open.remove(new Key(response.target(), response.request().commandOnly));
        response.done();
        ready.add(response);
    }

    /** Responses not reported yet whose probes have waited long enough. */
    List<Response> overdue(long epochNanos) {
        return open.values().stream().filter(response -> response.isOverdue(epochNanos)).toList();
    }

    /** The lanes have stopped: responses whose command was not begun go on without. How many these are. */
    int abandon() {
        List<Response> abandoned = commands.abandon();
        ready.addAll(abandoned);
        return abandoned.size();
    }

    /** A command and a block for the same host are two things. */
    private record Key(Cidr target, boolean commandOnly) {
    }
}
