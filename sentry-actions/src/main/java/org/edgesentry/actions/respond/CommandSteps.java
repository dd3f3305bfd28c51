package org.edgesentry.actions.respond;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.edgesentry.actions.command.CommandResult;
import org.edgesentry.actions.command.CommandRunner;
import org.edgesentry.actions.firewall.Block;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.core.net.Cidr;

/**
 * The steps that run a command: sends them to the {@link CommandLane}, and says what became of them.
 *
 * <p>Thread: action worker only.
 */
final class CommandSteps {

    private final ActionContext context;
    private final BlockCommitter committer;
    private final CommandLane routes;
    private final CommandLane others;
    private final Consumer<String> afterReport;
    private final CommandRunner runner = new CommandRunner();
    private final Set<Response> waiting = new LinkedHashSet<>();
    private String whyDropped = "too many commands are waiting for a slow one";

    /**
     * Steps with two lanes, since a slow KILL_RUN_CMD must not hold up the KILL_ROUTE of other hosts.
     *
     * @param wakeUp called, from a lane's thread, when a result is there
     * @param afterReport takes the line about a command whose host has been reported already
     */
    CommandSteps(ActionContext context, BlockCommitter committer, Runnable wakeUp, Consumer<String> afterReport) {
        this.context = context;
        this.committer = committer;
        this.routes = new CommandLane("sentry-routes", wakeUp);
        this.others = new CommandLane("sentry-commands", wakeUp);
        this.afterReport = afterReport;
    }

    /** Whether the response's next step runs a command. */
    boolean isNextIn(Response response) {
        return response.isAt(Step.COMMAND) || response.isAt(Step.BLOCK) && context.firewall().runsCommand();
    }

    /** Sends the next step to the lane; false when that could not be, and the step is passed over. */
    boolean begin(Response response, ResponsePlan plan, long epochNanos) {
        boolean taken = response.isAt(Step.BLOCK)
                ? beginRoute(response, epochNanos)
                : beginCommand(response, plan.command());
        if (taken) {
            waiting.add(response);
        } else {
            drop(response, epochNanos);
        }
        return taken;
    }

    private boolean beginRoute(Response response, long epochNanos) {
        Firewall firewall = context.firewall();
        Block block = committer.block(response, epochNanos);
        return routes.offer(response, () -> {
            try {
                firewall.block(List.of(block));
                return new CommandResult(true, "");
            } catch (FirewallException e) {
                return new CommandResult(false, e.getMessage());
            }
        });
    }

    /** The template is empty when a reload took it away while the response was under way. */
    private boolean beginCommand(Response response, Optional<String> template) {
        if (template.isEmpty()) {
            return false;
        }
        String command = response.macros().fill(template.get());
        response.setCommand(command);
        return others.offer(response, () -> runner.runShell(command));
    }

    private void drop(Response response, long epochNanos) {
        Cidr source = response.macros().source();
        if (response.isAt(Step.BLOCK)) {
            committer.failed(response, "KILL_ROUTE: " + whyDropped, epochNanos);
        } else {
            context.complaints().say(epochNanos, whyDropped, "KILL_RUN_CMD is not run for " + source + ": "
                    + whyDropped);
            answerCommandOnly(response, false, epochNanos);
        }
        passOver(response);
    }

    private void passOver(Response response) {
        context.counters().commandDropped();
        response.setIncomplete();
        response.done();
    }

    /** Fetches the result of a command, and takes its response a step on. */
    Optional<Response> next(long epochNanos) {
        Optional<CommandLane.Ended> ended = routes.poll().or(others::poll);
        ended.ifPresent(end -> {
            waiting.remove(end.response());
            conclude(end.response(), end.result(), epochNanos);
        });
        return ended.map(CommandLane.Ended::response);
    }

    private void conclude(Response response, CommandResult result, long epochNanos) {
        if (response.isAt(Step.COMMAND)) {
            concludeCommand(response, result, epochNanos);
        } else if (result.succeeded()) {
            committer.madeByCommand(response, epochNanos);
        } else {
            committer.failed(response, result.words(), epochNanos);
        }
        response.done();
    }

    private void concludeCommand(Response response, CommandResult result, long epochNanos) {
        Cidr source = response.macros().source();
        if (result.started()) {
            context.counters().commandRun();
            String line = AlertText.commandRun(source, response.command());
            if (response.isReported()) {
                afterReport.accept(line);
            } else {
                response.commandRan(line);
            }
        }
        if (!result.succeeded()) {
            context.complaints().say(epochNanos, "KILL_RUN_CMD " + result.words(), "KILL_RUN_CMD for " + source
                    + " failed: " + AlertText.quoted(result.words()));
        }
        answerCommandOnly(response, result.started(), epochNanos);
    }

    private void answerCommandOnly(Response response, boolean ran, long epochNanos) {
        if (response.request().commandOnly && ran) {
            committer.answered(response, epochNanos);
        } else if (response.request().commandOnly) {
            context.outcomes().failed(response.target());
        }
    }

    /** Gives commands a moment; from then on none is begun. */
    void stop(Duration patience) {
        whyDropped = "the daemon stops";
        routes.close();
        others.close();
        routes.await(patience);
        others.await(patience);
    }

    /** After the stop: passes over the steps whose command was never begun, and gives their responses. */
    List<Response> abandon() {
        List<Response> abandoned = List.copyOf(waiting);
        waiting.clear();
        abandoned.forEach(this::passOver);
        return abandoned;
    }
}
