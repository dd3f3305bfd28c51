package org.edgesentry.netty.capture.ring;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.netty.capture.CaptureCounters;
import org.edgesentry.netty.capture.CaptureException;
import org.edgesentry.netty.capture.CaptureStatistics;
import org.edgesentry.netty.capture.InterfaceSelection;
import org.edgesentry.netty.capture.NamedPresence;
import org.edgesentry.netty.capture.PacketCapture;
import org.edgesentry.netty.capture.ProbeSink;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.capture.filter.InterfaceRule;
import org.edgesentry.netty.host.Interfaces;

/**
 * Capture through the kernel's packet ring: packets are decoded where the kernel put them. One socket, one ring and one
 * thread serve all interfaces.
 *
 * <p>Thread: as {@link PacketCapture}; reading is the thread {@code sentry-capture}.
 */
public final class RingCapture implements PacketCapture {

    private static final Logger LOG = LogManager.getLogger(RingCapture.class);

    /** What the pipeline gets at once: few enough that its events are still in the cache when it takes them. */
    private static final int BATCH = 512;
    /** An error that does not go away must not turn the loop into a busy one. */
    private static final long FAULT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long JOIN_MILLIS = 1_000;

    private final InterfaceSelection interfaces;
    private final NamedPresence presence;
    private final CaptureCounters counters = new CaptureCounters();
    private final Thread thread = new Thread(this::run, "sentry-capture");
    private final PacketSocket socket;
    private final WakeUp wakeUp;
    private final SlotRing slots;

    private volatile boolean closing;
    private boolean closed;
    private TrapFilter traps;
    private InterfaceRule rule;

    private RingCapture(InterfaceSelection interfaces, InterfaceRule rule, TrapFilter traps, PacketSocket socket,
                        WakeUp wakeUp, ProbePublisher publisher) {
        this.interfaces = interfaces;
        this.presence = new NamedPresence(interfaces);
        this.rule = rule;
        this.traps = traps;
        this.socket = socket;
        this.wakeUp = wakeUp;
        this.slots = new SlotRing(socket.ring(), RingLayout.SLOT_BYTES, new ProbeSink(publisher, counters));
        thread.setDaemon(true);
    }

    /**
     * Opens the ring; from now on packets gather in it.
     *
     * @param interfaces which to read
     * @param existing those of this machine
     * @param traps what to let through
     * @param publisher for the capture thread alone
     */
    public static RingCapture open(InterfaceSelection interfaces, Interfaces existing, TrapFilter traps,
                                   ProbePublisher publisher) throws CaptureException {
        InterfaceRule rule = InterfaceRule.of(interfaces, existing);
        PacketSocket socket = PacketSocket.open(traps, rule);
        try {
            return new RingCapture(interfaces, rule, traps, socket, WakeUp.forSocket(socket.fd()), publisher);
        } catch (CaptureException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public void start() {
        thread.start();
    }

    private void run() {
        while (!closing) {
            try {
                read();
            } catch (RuntimeException e) {
                survive("a packet could not be handled", e);
            }
        }
    }

    /** In a flood the packets gather while this rests, and come as one batch; so they do while there is no room. */
    private void read() {
        int taken = slots.drain(BATCH);
        if (taken == SlotRing.NO_ROOM || taken > 0 && taken < BATCH && slots.isFlooded()) {
            LockSupport.parkNanos(FloodSense.REST_NANOS);
        } else if (taken == 0) {
            await();
        }
    }

    private void await() {
        if (!wakeUp.await()) {
            survive("the packet socket reports error " + socket.pollError(), null);
            LockSupport.parkNanos(FAULT_PAUSE_NANOS);
        }
    }

    private void survive(String what, RuntimeException cause) {
        if (counters.countFault()) {
            LOG.warn("Capture goes on, though {}; further faults are only counted", what, cause);
        }
    }

    @Override
    public synchronized void watch(TrapFilter filter) {
        traps = filter;
        replaceFilter();
    }

    /** The filter knows interfaces by their index; one that was made anew has another. */
    @Override
    public synchronized void interfacesChanged(Interfaces now) {
        presence.follow(now);
        InterfaceRule changed = InterfaceRule.of(interfaces, now);
        if (!changed.equals(rule)) {
            rule = changed;
            replaceFilter();
        }
    }

    private void replaceFilter() {
        if (closed) {
            return;
        }
        try {
            socket.replaceFilter(traps, rule);
        } catch (CaptureException e) {
            LOG.warn("Capture goes on with a coarse filter: {}", e.getMessage());
        }
    }

    @Override
    public synchronized CaptureStatistics statistics() {
        if (!closed) {
            socket.readStatistics();
        }
        return counters.with(socket.received(), socket.dropped());
    }

    @Override
    public synchronized String describe() {
        int merged = socket.filter().mergedIntervals();
        return "ring: " + interfaces + ", " + RingLayout.SLOTS + " slots of " + RingLayout.SLOT_BYTES + " bytes ("
                + RingLayout.RING_BYTES / (1024 * 1024) + " MiB), kernel filter of "
                + socket.filter().program().length() + " instructions"
                + (merged == 0 ? "" : " (" + merged + " gaps between trap ports do not fit and are filtered later)");
    }

    @Override
    public void close() {
        closing = true;
        synchronized (this) {
            if (closed) {
                return;
            }
            wakeUp.wake();
            if (!joined()) {
                // Unmapping under a running reader would end the whole process.
                LOG.warn("The capture thread does not end; its ring is left to the end of the process");
                return;
            }
            socket.readStatistics();
            closed = true;
            socket.close();
            wakeUp.close();
        }
    }

    private boolean joined() {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
