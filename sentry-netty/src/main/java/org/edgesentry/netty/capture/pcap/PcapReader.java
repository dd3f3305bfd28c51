package org.edgesentry.netty.capture.pcap;

import java.nio.ByteBuffer;
import java.sql.Timestamp;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.decode.LinkType;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.netty.capture.CaptureCounters;
import org.edgesentry.netty.capture.CaptureStatistics;
import org.edgesentry.netty.capture.ProbeSink;
import org.edgesentry.netty.host.Interfaces;
import org.edgesentry.netty.host.Interfaces.Interface;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.PcapDirection;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapStat;

/**
 * Reads one interface, or the packets that leave over any. When the interface goes away or down, it is looked for each
 * second until it is there again.
 *
 * <p>Thread: {@link #run} is the reading thread's; the rest may be called from any.
 */
final class PcapReader implements Runnable {

    private static final Logger LOG = LogManager.getLogger(PcapReader.class);

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long MILLIS_PER_SECOND = 1_000L;
    private static final long JOIN_MILLIS = 1_000;

    private volatile Interface source;
    private final PcapOpener opener;
    private final boolean outgoing;
    private final CaptureCounters counters = new CaptureCounters();
    private final ProbeSink sink;
    private final ByteBuffer frame = ByteBuffer.allocate(PcapOpener.SNAP_BYTES);
    private final Thread thread;

    private volatile boolean closing;
    private volatile LinkType link;
    /** Null while the interface is away; replaced and read under the lock, so that none uses a closed handle. */
    private PcapHandle handle;
    /** What the handle is to let through, and what it does. */
    private String wantedFilter;
    private String presentFilter;
    private long received;
    private long dropped;

    PcapReader(Interface source, PcapOpener opener, String filter, ProbePublisher publisher) {
        this.source = source;
        this.opener = opener;
        this.outgoing = opener.direction() == PcapDirection.OUT;
        this.wantedFilter = filter;
        this.sink = new ProbeSink(publisher, counters);
        this.thread = new Thread(this, "sentry-capture-" + source.name());
        thread.setDaemon(true);
    }

    /** Opens the interface if it can be opened now. */
    synchronized void open() throws PcapNativeException, NotOpenException {
        PcapHandle opened = opener.open(source.name(), wantedFilter);
        link = LinkType.ofDlt(opened.getDlt().value());
        if (link == null) {
            opened.close();
            throw new PcapNativeException("its link type " + opened.getDlt() + " is not one that we read");
        }
        handle = opened;
        presentFilter = wantedFilter;
        // An interface that was deleted and made anew has another index.
        Interfaces.read().value().byName(source.name()).ifPresent(now -> source = now);
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        while (!closing) {
            try {
                read();
            } catch (InterruptedException e) {
                // How pcap4j says that breakLoop was called: to stop, or for a new filter.
                continue;
            } catch (PcapNativeException | NotOpenException e) {
                lost(e);
            }
            forget();
            LockSupport.parkNanos(this, RETRY_NANOS);
        }
        forget();
    }

    private void read() throws PcapNativeException, NotOpenException, InterruptedException {
        PcapHandle current = current();
        if (current != null) {
            current.loop(-1, (byte[] packet) -> accept(current, packet));
        }
    }

    /** The open handle, with the filter that is wanted; when there is none, one more attempt. */
    private synchronized PcapHandle current() throws PcapNativeException, NotOpenException {
        if (handle != null && !presentFilter.equals(wantedFilter)) {
            opener.setFilter(handle, source.name(), wantedFilter);
            presentFilter = wantedFilter;
        }
        if (handle == null && !closing && !opener.isDown(source.name())) {
            try {
                open();
            } catch (PcapNativeException | NotOpenException e) {
                LOG.debug("Interface {} is not there yet: {}", source.name(), e.getMessage());
            }
        }
        return handle;
    }

    private void accept(PcapHandle from, byte[] packet) {
        try {
            int length = Math.min(packet.length, frame.capacity());
            frame.put(0, packet, 0, length);
            sink.acceptFrame(link, frame, length, epochNanos(from.getTimestamp()), source.index(),
                    outgoing);
        } catch (RuntimeException e) {
            survive(e);
        }
    }

    private static long epochNanos(Timestamp timestamp) {
        return Math.floorDiv(timestamp.getTime(), MILLIS_PER_SECOND) * NANOS_PER_SECOND + timestamp.getNanos();
    }

    /** An interface that was taken down or away is no fault of the capture, and others tell of it. */
    private void lost(Exception cause) {
        boolean away = source.index() > 0 && Interfaces.read().value().byName(source.name()).isEmpty();
        if (away || opener.isDown(source.name())) {
            LOG.debug("Interface {} cannot be read for now: {}", source.name(), cause.getMessage());
            counters.countFault();
        } else {
            survive(cause);
        }
    }

    private void survive(Exception cause) {
        if (counters.countFault()) {
            LOG.warn("Capture on {} goes on, though: {}; further faults are only counted", source.name(),
                    cause.getMessage());
        }
    }

    /** Takes the last counts of a handle that is of no more use and closes it. */
    private synchronized void forget() {
        if (handle != null) {
            CaptureStatistics last = statistics();
            received = last.received();
            dropped = last.droppedByKernel();
            handle.close();
            handle = null;
        }
    }

    synchronized CaptureStatistics statistics() {
        long receivedNow = received;
        long droppedNow = dropped;
        if (handle != null) {
            try {
                PcapStat stat = handle.getStats();
                // On Linux ps_recv counts the dropped ones too.
                receivedNow += stat.getNumPacketsReceived() - stat.getNumPacketsDropped();
                droppedNow += stat.getNumPacketsDropped();
            } catch (PcapNativeException | NotOpenException e) {
                LOG.debug("No statistics of {}: {}", source.name(), e.getMessage());
            }
        }
        return counters.with(receivedNow, droppedNow);
    }

    /** Another filter from now on. The reading thread sets it, since libpcap must not be told while it reads. */
    synchronized void filter(String expression) {
        wantedFilter = expression;
        interrupt();
    }

    /** Looks for an absent interface now, not after the pause. */
    void lookAgain() {
        LockSupport.unpark(thread);
    }

    /** Asks the thread to end; {@link #join} waits for that. */
    void stop() {
        closing = true;
        interrupt();
        LockSupport.unpark(thread);
    }

    private synchronized void interrupt() {
        if (handle != null) {
            try {
                handle.breakLoop();
            } catch (NotOpenException e) {
                LOG.debug("{} was closed already", source.name());
            }
        }
    }

    void join() {
        if (thread.getState() == Thread.State.NEW) {
            forget();
            return;
        }
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String name() {
        return source.name();
    }
}
