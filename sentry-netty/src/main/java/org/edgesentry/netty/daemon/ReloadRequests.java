package org.edgesentry.netty.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.edgesentry.core.command.CommandOutcome;

/**
 * Who wants the configuration to be read again: whoever sends SIGHUP, and whoever asks on the control socket. One that
 * comes while the daemon still starts or reloads is not lost; several at once are one.
 *
 * <p>Thread: main waits; any may ask.
 */
final class ReloadRequests {

    private final BlockingQueue<CompletableFuture<CommandOutcome>> waiting = new LinkedBlockingQueue<>();

    /** Asks for a reload; what comes of it. */
    CompletableFuture<CommandOutcome> request() {
        CompletableFuture<CommandOutcome> answer = new CompletableFuture<>();
        waiting.add(answer);
        return answer;
    }

    /** Waits for a request, has the reload made, and answers all who had asked by then. */
    void serve(Supplier<CommandOutcome> reload) throws InterruptedException {
        List<CompletableFuture<CommandOutcome>> asked = new ArrayList<>();
        asked.add(waiting.take());
        waiting.drainTo(asked);
        CommandOutcome outcome = reload.get();
        asked.forEach(answer -> answer.complete(outcome));
    }
}
