package org.edgesentry.netty.capture.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.netty.capture.CaptureException;
import org.edgesentry.netty.capture.CaptureStatistics;
import org.edgesentry.netty.capture.InterfaceSelection;
import org.edgesentry.netty.capture.NamedPresence;
import org.edgesentry.netty.capture.PacketCapture;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.capture.filter.InterfaceRule;
import org.edgesentry.netty.host.Interfaces;

/**
 * Capture through the kernel's packet ring: packets are decoded where the kernel put them. One socket, one ring and one
 * thread serve all interfaces; on machines with many cores several of each share the work, every source with one.
 *
 * <p>Thread: as {@link PacketCapture}; reading is the thread {@code sentry-capture}, or {@code sentry-capture-1} and so
 * on.
 */
public final class RingCapture implements PacketCapture {

    private static final Logger LOG = LogManager.getLogger(RingCapture.class);

    private static final int CORES_FOR_A_READER = 8;
    private static final int MAX_READERS = 4;

    private final InterfaceSelection interfaces;
    private final NamedPresence presence;
    private final List<RingReader> readers;

    private boolean closed;
    private TrapFilter traps;
    private InterfaceRule rule;

    private RingCapture(InterfaceSelection interfaces, InterfaceRule rule, TrapFilter traps, List<RingReader> readers) {
        this.interfaces = interfaces;
        this.presence = new NamedPresence(interfaces);
        this.rule = rule;
        this.traps = traps;
        this.readers = List.copyOf(readers);
    }

    /**
     * How many readers are worth their memory. One takes several million probes a second, more than the handlers judge
     * on a core; where those have cores of their own it must not be the narrow place.
     */
    public static int readersFor(int cores) {
        return Math.max(1, Math.min(cores / CORES_FOR_A_READER, MAX_READERS));
    }

    /**
     * Opens the rings; from now on packets gather in them.
     *
     * @param interfaces which to read
     * @param existing those of this machine
     * @param traps what to let through
     * @param readers how many rings and threads; where the kernel knows no fan-out it is one
     * @param publishers called once for each reader
     */
    public static RingCapture open(InterfaceSelection interfaces, Interfaces existing, TrapFilter traps, int readers,
                                   Supplier<ProbePublisher> publishers) throws CaptureException {
        List<RingReader> opened = new ArrayList<>();
        try {
            opened.add(RingReader.open(readers == 1 ? "sentry-capture" : "sentry-capture-1", publishers.get()));
            addReaders(opened, readers, publishers);
            RingCapture capture =
                    new RingCapture(interfaces, InterfaceRule.of(interfaces, existing), traps, opened);
            capture.filter();
            return capture;
        } catch (CaptureException | RuntimeException e) {
            opened.forEach(RingReader::close);
            throw e;
        }
    }

    /** What comes to a group before all have joined it goes to those that have. */
    private static void addReaders(List<RingReader> opened, int readers, Supplier<ProbePublisher> publishers)
            throws CaptureException {
        int group = readers == 1 ? -1 : opened.get(0).socket().makeGroup();
        while (group >= 0 && opened.size() < readers) {
            RingReader next = RingReader.open("sentry-capture-" + (opened.size() + 1), publishers.get());
            if (!next.socket().join(group)) {
                next.close();
                return;
            }
            opened.add(next);
        }
    }

    private void filter() throws CaptureException {
        for (RingReader reader : readers) {
            reader.socket().replaceFilter(traps, rule);
        }
    }

    @Override
    public void start() {
        readers.forEach(RingReader::start);
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
            filter();
        } catch (CaptureException e) {
            LOG.warn("Capture goes on with a coarse filter: {}", e.getMessage());
        }
    }

    @Override
    public synchronized CaptureStatistics statistics() {
        return readers.stream().map(RingReader::statistics).reduce(CaptureStatistics.NONE, CaptureStatistics::plus);
    }

    @Override
    public synchronized String describe() {
        PacketSocket socket = readers.get(0).socket();
        int merged = socket.filter().mergedIntervals();
        return "ring: " + interfaces + ", " + (readers.size() == 1 ? "" : readers.size() + " times ")
                + RingLayout.SLOTS + " slots of " + RingLayout.SLOT_BYTES + " bytes ("
                + readers.size() * (RingLayout.RING_BYTES / (1024 * 1024)) + " MiB), kernel filter of "
                + socket.filter().program().length() + " instructions"
                + (merged == 0 ? "" : " (" + merged + " gaps between trap ports do not fit and are filtered later)");
    }

    @Override
    public void close() {
        readers.forEach(RingReader::stop);
        synchronized (this) {
            if (!closed) {
                closed = true;
                readers.forEach(RingReader::close);
            }
        }
    }
}
