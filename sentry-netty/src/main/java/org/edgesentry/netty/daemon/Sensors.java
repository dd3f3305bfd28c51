package org.edgesentry.netty.daemon;

import io.netty.channel.epoll.Epoll;
import java.util.List;
import java.util.function.Supplier;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.time.WallClock;
import org.edgesentry.netty.capture.CaptureException;
import org.edgesentry.netty.capture.CaptureStatistics;
import org.edgesentry.netty.capture.PacketCapture;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.capture.method.PacketCaptures;
import org.edgesentry.netty.trap.TrapException;
import org.edgesentry.netty.trap.TrapFailure;
import org.edgesentry.netty.trap.Traps;

/** The source of probes that the mode asks for: a packet capture, or bound traps. Thread: composition root. */
interface Sensors extends AutoCloseable {

    /** Begins to deliver probes. */
    void start();

    /** What the kernel counted; all zero where nothing is captured. */
    CaptureStatistics statistics();

    /** How probes are seen, for the ready line. */
    String describe();

    /** Traps that could not be had. */
    List<TrapFailure> failures();

    /** How many descriptors they may take while they run. */
    int descriptors();

    @Override
    void close();

    /** Opens the capture of the stealth mode. */
    static Sensors capture(RunOptions options, PortSet tcp, PortSet udp, Supplier<ProbePublisher> publishers)
            throws StartFailure {
        try {
            return new Capturing(PacketCaptures.open(options.method(), options.interfaces(),
                    new TrapFilter(tcp, udp), publishers));
        } catch (CaptureException e) {
            throw new StartFailure(StartFailure.COULD_NOT_WORK, e.getMessage());
        }
    }

    /** Binds the traps of the connect mode. */
    static Sensors traps(Settings.Traps settings, PortSet tcp, PortSet udp, ProbePublisher publisher,
                         WallClock clock) throws StartFailure {
        ensureEpoll();
        Traps traps = new Traps(settings, publisher, clock);
        try {
            traps.update(tcp, udp);
        } catch (TrapException e) {
            traps.close();
            throw new StartFailure(StartFailure.COULD_NOT_WORK, e.getMessage());
        }
        if (traps.size() == 0) {
            traps.close();
            throw new StartFailure(StartFailure.COULD_NOT_WORK, "no trap port could be bound; the first: "
                    + traps.failures().get(0));
        }
        return new Trapping(traps);
    }

    private static void ensureEpoll() throws StartFailure {
        try {
            Epoll.ensureAvailability();
        } catch (UnsatisfiedLinkError e) {
            throw new StartFailure(StartFailure.COULD_NOT_WORK, "Netty's epoll transport cannot be loaded on this"
                    + " machine (" + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage())
                    + "); Linux on x86_64 or aarch64 with glibc is needed, and a java.io.tmpdir without noexec");
        }
    }

    /** Packets read off the wire. */
    record Capturing(PacketCapture capture) implements Sensors {

        @Override
        public void start() {
            capture.start();
        }

        @Override
        public CaptureStatistics statistics() {
            return capture.statistics();
        }

        @Override
        public String describe() {
            return capture.describe();
        }

        @Override
        public List<TrapFailure> failures() {
            return List.of();
        }

        @Override
        public int descriptors() {
            return 0;
        }

        @Override
        public void close() {
            capture.close();
        }
    }

    /** Connections to bound ports. */
    record Trapping(Traps traps) implements Sensors {

        @Override
        public void start() {
            // A bound trap delivers from the moment it is bound.
        }

        @Override
        public CaptureStatistics statistics() {
            return CaptureStatistics.NONE;
        }

        @Override
        public String describe() {
            return traps.describe();
        }

        @Override
        public List<TrapFailure> failures() {
            return traps.failures();
        }

        @Override
        public int descriptors() {
            return traps.descriptors();
        }

        @Override
        public void close() {
            traps.close();
        }
    }
}
