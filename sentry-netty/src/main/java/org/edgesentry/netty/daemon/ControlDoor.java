package org.edgesentry.netty.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.edgesentry.core.time.WallClock;
import org.edgesentry.netty.control.ControlCounters;
import org.edgesentry.netty.control.ControlServer;
import org.edgesentry.netty.control.Operator;

/**
 * Opens the control socket beside the rest of the start, since Netty takes its time. Thread: composition root; the
 * opening has one of its own, which ends with it.
 */
final class ControlDoor {

    private final CompletableFuture<ControlServer> opening = new CompletableFuture<>();

    /** Begins to open the socket. */
    ControlDoor(Path socket, Operator operator, WallClock clock) {
        Thread thread = new Thread(() -> open(socket, operator, clock), "sentry-control-start");
        thread.setDaemon(true);
        thread.start();
    }

    private void open(Path socket, Operator operator, WallClock clock) {
        try {
            opening.complete(ControlServer.open(socket, operator, clock));
        } catch (IOException | RuntimeException | LinkageError e) {
            opening.completeExceptionally(e);
        }
    }

    /** Waits until it is open. */
    void await() throws StartFailure {
        try {
            opening.join();
        } catch (CompletionException e) {
            throw new StartFailure(StartFailure.COULD_NOT_WORK, e.getCause().getMessage());
        }
    }

    /** What was asked on it. */
    ControlCounters counters() {
        return opening.join().counters();
    }

    /** Closes it, if it was opened. */
    void close() {
        opening.handle((server, failure) -> {
            if (server != null) {
                server.close();
            }
            return null;
        }).join();
    }
}
