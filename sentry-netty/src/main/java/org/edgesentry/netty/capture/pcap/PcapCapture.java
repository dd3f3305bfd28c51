package org.edgesentry.netty.capture.pcap;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.config.Configurator;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.netty.capture.CaptureException;
import org.edgesentry.netty.capture.CaptureStatistics;
import org.edgesentry.netty.capture.PacketCapture;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.host.Interfaces.Interface;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;

/**
 * Capture through libpcap: a handle and a thread for each interface. The interfaces are those that exist at the start.
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

    private final List<PcapReader> readers;
    private final int bufferBytes;
    private boolean closed;

    private PcapCapture(List<PcapReader> readers, int bufferBytes) {
        this.readers = readers;
        this.bufferBytes = bufferBytes;
    }

    /**
     * Opens a handle for each interface.
     *
     * @param interfaces which; one that is down is waited for
     * @param lenient whether one that cannot be read is left out, instead of being an error
     * @param traps what to let through
     * @param publishers called once for each interface
     */
    public static PcapCapture open(List<Interface> interfaces, boolean lenient, TrapFilter traps,
                                   Supplier<ProbePublisher> publishers) throws CaptureException {
        // pcap4j repeats its exceptions in the log.
        Configurator.setLevel("org.pcap4j", Level.OFF);
        loadLibpcap();
        int bufferBytes = Math.max(BUFFER_BYTES / Math.max(interfaces.size(), 1), MIN_BUFFER_BYTES);
        PcapOpener opener = new PcapOpener(PcapExpression.of(traps), bufferBytes);
        PcapCapture capture = new PcapCapture(new ArrayList<>(), bufferBytes);
        try {
            for (Interface one : interfaces) {
                capture.add(new PcapReader(one, opener, publishers.get()), lenient);
            }
        } catch (CaptureException e) {
            capture.close();
            throw e;
        }
        if (capture.readers.isEmpty()) {
            throw new CaptureException("no interface can be read through libpcap; use --method=ring");
        }
        return capture;
    }

    private static void loadLibpcap() throws CaptureException {
        try {
            LOG.debug("Capturing with {}", Pcaps.libVersion());
        } catch (LinkageError e) {
            throw new CaptureException("libpcap cannot be loaded: install the package libpcap0.8 (Debian, Ubuntu) or"
                    + " libpcap, or use --method=ring, which needs no package", e);
        }
    }

    private void add(PcapReader reader, boolean lenient) throws CaptureException {
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
                return;
            }
            LOG.log(lenient ? Level.DEBUG : Level.INFO, "Interface {} is down and will be watched once it is up",
                    reader.name());
        }
        readers.add(reader);
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().collect(Collectors.joining(" "));
    }

    @Override
    public void start() {
        readers.forEach(PcapReader::start);
    }

    @Override
    public CaptureStatistics statistics() {
        return readers.stream().map(PcapReader::statistics).reduce(CaptureStatistics.NONE, CaptureStatistics::plus);
    }

    @Override
    public String describe() {
        return "pcap: " + readers.stream().map(PcapReader::name).collect(Collectors.joining(",")) + ", "
                + bufferBytes / (1024 * 1024) + " MiB buffer each";
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            readers.forEach(PcapReader::stop);
            readers.forEach(PcapReader::join);
        }
    }
}
