package org.edgesentry.netty.host.sockets;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.classify.OwnSockets;
import org.edgesentry.core.classify.SparingLookup;
import org.edgesentry.core.classify.UsedPorts;
import org.edgesentry.core.time.WallClock;

/**
 * Follows what this host serves: reads the list of open sockets twice a second, and answers the classifier's question
 * whether a packet is for one of them.
 *
 * <p>When the list cannot be read any more, the last one stays, and the log says so once.
 *
 * <p>Thread: opened and closed by the composition root; reads on its own, {@code sentry-services}.
 */
public final class OwnServices implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(OwnServices.class);
    private static final long REFRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** A list of more than some thousand sockets is read less often: half a percent of a core for any number. */
    private static final long PAUSE_PER_SOCKET_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long CLOSE_MILLIS = 200;

    private final SocketList list;
    private final SocketLookup kernel;
    private final SparingLookup lookup;
    private final UsedPorts used;
    private final WallClock clock;
    private final Thread thread = new Thread(this::run, "sentry-services");
    private volatile Consumer<ServedPorts> listener = ports -> { };
    private volatile boolean closing;
    private volatile OpenServices now = OpenServices.NONE;
    private OpenServices stable = OpenServices.NONE;
    private OpenServices told = OpenServices.NONE;
    private ServedPorts served = ServedPorts.NONE;
    private boolean failureIsSaid;

    private OwnServices(SocketList list, SocketLookup kernel, UsedPorts used, WallClock clock) {
        this.list = list;
        this.kernel = kernel;
        this.used = used;
        this.clock = clock;
        this.lookup = new SparingLookup(event -> now.wouldTake(event), kernel);
    }

    /**
     * Reads the list for the first time.
     *
     * @param used takes note of the TCP ports that are open
     * @throws IOException when the kernel does not tell its sockets, with a message fit for the administrator
     */
    public static OwnServices open(UsedPorts used, WallClock clock) throws IOException {
        SocketList list = new SocketList(DiagSocket.open());
        OwnServices services;
        try {
            services = new OwnServices(list, new SocketLookup(DiagSocket.open()), used, clock);
        } catch (IOException e) {
            list.close();
            throw e;
        }
        try {
            services.read();
            services.kernel.tryOut();
            return services;
        } catch (IOException e) {
            services.close();
            throw e;
        }
    }

    /** What is open, half a second ago at most. Thread: any. */
    public OpenServices now() {
        return now;
    }

    /** The classifier's way to ask. */
    public OwnSockets lookup() {
        return lookup;
    }

    /** Packets that were judged by the list alone because the kernel had been asked too often. Thread: any. */
    public long lookupsLeftOut() {
        return lookup.leftOut();
    }

    /**
     * Begins to follow. The listener is called on this object's thread, with the ports that have been open everywhere
     * for two readings, whenever these have changed.
     */
    public void follow(Consumer<ServedPorts> listener) {
        this.listener = listener;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!closing) {
            LockSupport.parkNanos(Math.max(REFRESH_NANOS, now.size() * PAUSE_PER_SOCKET_NANOS));
            if (!closing) {
                refresh();
            }
        }
    }

    private void refresh() {
        try {
            read();
            tellChange();
            failureIsSaid = false;
        } catch (IOException e) {
            sayFailure(e);
        } catch (RuntimeException e) {
            LOG.error("Following the services of this host failed once", e);
        }
    }

    /** Most readings are equal to the one before; then nothing is made anew. */
    private void read() throws IOException {
        OpenServices before = now;
        OpenServices newest = list.read(before);
        newest.markUsed(used, clock.epochNanos());
        now = newest;
        stable = newest == before ? newest : newest.common(before);
    }

    private void tellChange() {
        if (stable == told) {
            return;
        }
        told = stable;
        ServedPorts ports = stable.everywhere();
        if (!ports.equals(served)) {
            served = ports;
            listener.accept(ports);
        }
    }

    private void sayFailure(IOException e) {
        if (!failureIsSaid) {
            failureIsSaid = true;
            LOG.warn("Services that start or stop are noticed late: {}", e.getMessage());
        }
    }

    /** Stops following. The classifier must have ended before, since its descriptor goes. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        list.close();
        kernel.close();
    }
}
