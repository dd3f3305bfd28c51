package org.edgesentry.actions.respond;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.command.CommandResult;

/**
 * Runs the administrator's commands one after the other beside the action worker, so that a slow one holds up nothing
 * but the commands behind it. Results wait here until the worker fetches them; it is woken for that, and looks in with
 * each tick as well, so none is lost.
 *
 * <p>Thread: commands run on a thread of the lane; all else is called by the action worker.
 */
final class CommandLane {

    private final ThreadPoolExecutor lane;
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final Runnable wakeUp;

    /** A lane that calls {@code wakeUp}, from its own thread, when a result is there. */
    CommandLane(String name, Runnable wakeUp) {
        this.wakeUp = wakeUp;
        this.lane = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(ActionLimits.COMMANDS_WAITING), work -> thread(name, work));
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Takes the next command of a response; false when too many are waiting, or the lane has stopped. */
    boolean offer(Response response, Supplier<CommandResult> command) {
        try {
            lane.execute(() -> {
                ended.add(new Ended(response, result(command)));
                wakeUp.run();
            });
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Whatever happens, there is a result: without one the host would wait for it, and never be answered again. */
    private static CommandResult result(Supplier<CommandResult> command) {
        try {
            return command.get();
        } catch (RuntimeException e) {
            return CommandResult.notStarted("cannot be run: " + e);
        }
    }

    /** A response whose command has ended, with its result. */
    Optional<Ended> poll() {
        return Optional.ofNullable(ended.poll());
    }

    /** Takes no more commands. */
    void close() {
        lane.shutdown();
    }

    /** Lets commands run for a moment, then kills the one that runs; those that waited behind it are never run. */
    void await(Duration patience) {
        try {
            if (!lane.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                lane.shutdownNow();
                lane.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            lane.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** The end of a command. */
    record Ended(Response response, CommandResult result) {
    }
}
