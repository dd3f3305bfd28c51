package org.edgesentry.netty.capture.ring;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.netty.capture.CaptureCounters;
import org.edgesentry.netty.capture.CaptureException;
import org.edgesentry.netty.capture.CaptureStatistics;
import org.edgesentry.netty.capture.ProbeSink;

/**
 * One packet socket and the thread that reads its ring.
 *
 * <p>A lone packet is handed on at once: the thread waits in poll(2). In a flood it rests between batches instead, so
 * that a switch of threads and a wake-up are shared by hundreds of packets.
 *
 * <p>Thread: its own reads; the rest is for whoever holds the capture's lock.
 */
final class RingReader {

    private static final Logger LOG = LogManager.getLogger(RingReader.class);

    /** What the pipeline gets at once: few enough that its events are still in the cache when it takes them. */
    private static final int BATCH = 256;
    /** The handlers take some hundred events meanwhile, and are not done with all that are there. */
    private static final long NO_ROOM_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    /** An error that does not go away must not turn the loop into a busy one. */
    private static final long FAULT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long JOIN_MILLIS = 1_000;

    private final CaptureCounters counters = new CaptureCounters();
    private final PacketSocket socket;
    private final WakeUp wakeUp;
    private final SlotRing slots;
    private final Thread thread;

    private volatile boolean closing;
    private boolean closed;

    private RingReader(String name, PacketSocket socket, WakeUp wakeUp, ProbePublisher publisher) {
        this.socket = socket;
        this.wakeUp = wakeUp;
        this.slots = new SlotRing(socket.ring(), RingLayout.SLOT_BYTES, new QueuedPackets(socket.fd()),
                new ProbeSink(publisher, counters));
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** A reader whose socket lets nothing in yet, and whose thread has not started. */
    static RingReader open(String name, ProbePublisher publisher) throws CaptureException {
        PacketSocket socket = PacketSocket.open();
        try {
            return new RingReader(name, socket, WakeUp.forSocket(socket.fd()), publisher);
        } catch (CaptureException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    PacketSocket socket() {
        return socket;
    }

    void start() {
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

    /** In a flood the packets gather while this rests, and come as one batch. */
    private void read() {
        int taken = slots.drain(BATCH);
        if (taken == SlotRing.NO_ROOM) {
            LockSupport.parkNanos(NO_ROOM_NANOS);
        } else if (taken > 0 && taken < BATCH && slots.isFlooded()) {
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

    CaptureStatistics statistics() {
        if (!closed) {
            socket.readStatistics();
        }
        return counters.with(socket.received(), socket.dropped());
    }

    /** The batch under way is the last one; {@link #close} waits for its end. */
    void stop() {
        closing = true;
    }

    /** Ends the thread and gives everything back; once. */
    void close() {
        stop();
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

    private boolean joined() {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
