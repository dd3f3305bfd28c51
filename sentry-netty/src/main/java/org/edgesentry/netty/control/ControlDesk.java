package org.edgesentry.netty.control;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.edgesentry.core.command.CommandOutcome;
import org.edgesentry.core.command.CommandRefusedException;
import org.edgesentry.core.time.WallClock;

/** Has the operator do what a request asks, and makes an answer of what comes of it. Thread: any. */
final class ControlDesk {

    private final Operator operator;
    private final WallClock clock;

    ControlDesk(Operator operator, WallClock clock) {
        this.operator = operator;
        this.clock = clock;
    }

    /** The answer, once it is there; never throws. */
    CompletableFuture<AnswerBody> answer(ControlRequest request) {
        try {
            return ask(request);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<AnswerBody> ask(ControlRequest request) {
        return switch (request.command()) {
            case STATUS -> CompletableFuture.completedFuture(request.labelled()
                    ? StatusBody.labelled(operator.status()) : StatusBody.plain(operator.status()));
            case HOSTS -> operator.hosts(request.limit()).thenApply(list -> ListBody.hosts(list, clock.epochNanos()));
            case BLOCKS -> operator.blocks().thenApply(list -> ListBody.blocks(list, clock.epochNanos()));
            case BLOCK -> operator.block(request.target().orElseThrow(), request.seconds(), request.force())
                    .thenApply(ControlDesk::outcome);
            case UNBLOCK -> operator.unblock(request.target()).thenApply(ControlDesk::outcome);
            case RELOAD -> operator.reload().thenApply(ControlDesk::outcome);
        };
    }

    private static AnswerBody outcome(CommandOutcome outcome) {
        return AnswerBody.whole(json -> {
            json.writeBooleanField("done", outcome.done());
            json.writeStringField("message", outcome.words());
        });
    }

    /** Why there is no answer: in the operator's words if there are any. */
    static String words(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause() : failure;
        return cause instanceof CommandRefusedException ? cause.getMessage()
                : "the daemon failed in it, please report it: " + cause;
    }
}
