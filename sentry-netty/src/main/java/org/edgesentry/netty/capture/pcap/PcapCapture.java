package org.edgesentry.netty.capture.pcap;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.config.Configurator;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.netty.capture.CaptureException;
import org.edgesentry.netty.capture.CaptureStatistics;
import org.edgesentry.netty.capture.InterfaceSelection;
import org.edgesentry.netty.capture.NamedPresence;
import org.edgesentry.netty.capture.PacketCapture;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.host.Interfaces;
import org.edgesentry.netty.host.Interfaces.Interface;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle.PcapDirection;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;

/**
 * Capture through libpcap: a handle and a thread for each interface, and one of each for the questions that leave over
 * any of them.
 *
 * <p>An interface that was asked for by name keeps its reader, which finds it again; of all interfaces, each has a
 * reader while it exists. libpcap shows no outgoing packets of the loopback interface, hence no questions there.
 *
 * <p>Thread: as {@link PacketCapture}.
 */
public final class PcapCapture implements PacketCapture {

    private static final Logger LOG = LogManager.getLogger(PcapCapture.class);

    /** Shared out among the interfaces: at a flood of 500,000 probes a second about 100 ms of it. */
    private static final int BUFFER_BYTES = 32 * 1024 * 1024;
    /** libpcap's own default; on a machine with hundreds of interfaces the sum grows beyond {@link #BUFFER_BYTES}. */
    private static final int MIN_BUFFER_BYTES = 2 * 1024 * 1024;

    /** Return codes of pcap_activate(3PCAP). */
    private static final int PERMISSION_DENIED = -8;
    private static final int INTERFACE_NOT_UP = -9;

    /** libpcap's name for all interfaces together; as an interface it has no index. */
    private static final Interface ANY = new Interface("any", 0);

    private final InterfaceSelection selection;
    private final NamedPresence presence;
    private final Supplier<ProbePublisher> publishers;
    private final int bufferBytes;
    private final PcapReaders readers = new PcapReaders();
    /** Interfaces that exist but cannot be read; told once. */
    private final Set<Interface> refused = new HashSet<>();
    private TrapFilter traps;
    private boolean closed;

    private PcapCapture(InterfaceSelection selection, TrapFilter traps, Supplier<ProbePublisher> publishers,
                        int bufferBytes) {
        this.selection = selection;
        this.presence = new NamedPresence(selection);
        this.traps = traps;
        this.publishers = publishers;
        this.bufferBytes = bufferBytes;
    }

    /**
     * Opens a handle for each interface.
     *
     * @param selection which; one that is down is waited for, one that cannot be read is an error only if it is named
     * @param existing those of this machine
     * @param traps what to let through
     * @param publishers called once for each interface
     */
    public static PcapCapture open(InterfaceSelection selection, Interfaces existing, TrapFilter traps,
                                   Supplier<ProbePublisher> publishers) throws CaptureException {
        // pcap4j repeats its exceptions in the log.
        Configurator.setLevel("org.pcap4j", Level.OFF);
        loadLibpcap();
        List<Interface> chosen = selection.among(existing);
        int bufferBytes = Math.max(BUFFER_BYTES / Math.max(chosen.size(), 1), MIN_BUFFER_BYTES);
        PcapCapture capture = new PcapCapture(selection, traps, publishers, bufferBytes);
        try {
            for (Interface one : chosen) {
                capture.add(one, bufferBytes);
            }
            if (capture.readers.all().isEmpty()) {
                throw new CaptureException("no interface can be read through libpcap; use --method=ring");
            }
            capture.followQuestions();
            return capture;
        } catch (CaptureException e) {
            capture.close();
            throw e;
        }
    }

    private static void loadLibpcap() throws CaptureException {
        try {
            LOG.debug("Capturing with {}", Pcaps.libVersion());
        } catch (LinkageError e) {
            throw new CaptureException("libpcap cannot be loaded: install the package libpcap0.8 (Debian, Ubuntu) or"
                    + " libpcap, or use --method=ring, which needs no package", e);
        }
    }

    private void add(Interface source, int readerBufferBytes) throws CaptureException {
        boolean lenient = selection.names().isEmpty();
        PcapReader reader = new PcapReader(source, new PcapOpener(PcapDirection.IN, readerBufferBytes),
                PcapExpression.of(traps), publishers.get());
        try {
            reader.open();
        } catch (PcapNativeException | NotOpenException e) {
            int code = e instanceof PcapNativeException failure && failure.getReturnCode() != null
                    ? failure.getReturnCode() : 0;
            if (code == PERMISSION_DENIED) {
                throw new CaptureException("libpcap may not capture on " + reader.name() + ": run as root or grant"
                        + " CAP_NET_RAW (systemd: AmbientCapabilities=CAP_NET_RAW)", e);
            }
            if (code != INTERFACE_NOT_UP && !lenient) {
                throw new CaptureException("libpcap cannot capture on " + reader.name() + ": " + oneLine(e)
                        + "; name another --interface, or use --method=ring", e);
            }
            if (code != INTERFACE_NOT_UP) {
                LOG.warn("Interface {} is not watched: {}", reader.name(), oneLine(e));
                refused.add(source);
                return;
            }
            LOG.log(lenient ? Level.DEBUG : Level.INFO, "Interface {} is down and will be watched once it is up",
                    reader.name());
        }
        readers.add(source, reader);
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().collect(Collectors.joining(" "));
    }

    @Override
    public synchronized void start() {
        readers.start();
    }

    @Override
    public synchronized void watch(TrapFilter filter) {
        if (closed) {
            return;
        }
        traps = filter;
        String expression = PcapExpression.of(traps);
        readers.sources().stream().filter(one -> one != ANY).forEach(one -> readers.of(one).filter(expression));
        try {
            followQuestions();
        } catch (CaptureException e) {
            LOG.warn("Capture goes on, but late answers may be taken for probes: {}", e.getMessage());
        }
    }

    /** There is a reader of questions while there are questions to read. */
    private void followQuestions() throws CaptureException {
        PcapReader present = readers.of(ANY);
        if (!traps.showsOutgoing()) {
            readers.retain(readers.sources().stream().filter(one -> one != ANY).toList());
        } else if (present != null) {
            present.filter(PcapExpression.ofQuestions(traps));
        } else {
            PcapReader reader = new PcapReader(ANY, new PcapOpener(PcapDirection.OUT, MIN_BUFFER_BYTES),
                    PcapExpression.ofQuestions(traps), publishers.get());
            try {
                reader.open();
            } catch (PcapNativeException | NotOpenException e) {
                throw new CaptureException("libpcap cannot capture what this host sends: " + oneLine(e)
                        + "; use --method=ring", e);
            }
            readers.add(ANY, reader);
        }
    }

    @Override
    public synchronized void interfacesChanged(Interfaces now) {
        if (closed) {
            return;
        }
        presence.follow(now);
        readers.all().forEach(PcapReader::lookAgain);
        if (selection.names().isEmpty()) {
            followAll(selection.among(now));
        }
    }

    private void followAll(List<Interface> chosen) {
        Set<Interface> there = new HashSet<>(chosen);
        there.add(ANY);
        readers.retain(there);
        refused.retainAll(there);
        for (Interface one : chosen) {
            if (readers.of(one) == null && !refused.contains(one)) {
                addLater(one);
            }
        }
    }

    /** Nobody has shared out memory for those that come later. */
    private void addLater(Interface one) {
        try {
            add(one, MIN_BUFFER_BYTES);
        } catch (CaptureException e) {
            LOG.warn("Interface {} is not watched: {}", one.name(), e.getMessage());
            refused.add(one);
        }
    }

    @Override
    public synchronized CaptureStatistics statistics() {
        return readers.statistics();
    }

    @Override
    public synchronized String describe() {
        return "pcap: " + readers.sources().stream().filter(one -> one != ANY).map(Interface::name)
                .collect(Collectors.joining(",")) + ", " + bufferBytes / (1024 * 1024) + " MiB buffer each";
    }

    @Override
    public synchronized void close() {
        closed = true;
        readers.retain(List.of());
    }
}
