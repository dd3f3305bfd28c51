package org.edgesentry.netty.daemon;

import io.netty.channel.epoll.Epoll;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.edgesentry.actions.firewall.Steering;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.pipeline.ProbePipeline;
import org.edgesentry.core.time.WallClock;
import org.edgesentry.netty.capture.CaptureException;
import org.edgesentry.netty.capture.CaptureStatistics;
import org.edgesentry.netty.capture.PacketCapture;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.capture.method.PacketCaptures;
import org.edgesentry.netty.trap.TrapException;
import org.edgesentry.netty.trap.TrapFailure;
import org.edgesentry.netty.trap.Traps;

/**
 * The sources of probes that the modes ask for: a packet capture, bound traps, or one for each protocol.
 *
 * <p>Thread: composition root.
 *
 * @param capture where a protocol is read off the wire
 * @param traps where a protocol's ports are bound
 */
record Sensors(Optional<PacketCapture> capture, Optional<Traps> traps) implements AutoCloseable {

    /** Opens what the plan asks for; on failure nothing is left open. */
    static Sensors open(RunOptions options, TrapFilter filter, TrapPlan plan, Settings.Traps settings,
                        ProbePipeline pipeline, WallClock clock) throws StartFailure {
        Steering.removeLeftovers();
        Optional<PacketCapture> capture = options.modes().captures()
                ? Optional.of(openCapture(options, filter, pipeline)) : Optional.empty();
        try {
            Optional<Traps> traps = options.modes().binds()
                    ? Optional.of(openTraps(plan, settings, pipeline, clock)) : Optional.empty();
            return new Sensors(capture, traps);
        } catch (StartFailure e) {
            capture.ifPresent(PacketCapture::close);
            throw e;
        }
    }

    private static PacketCapture openCapture(RunOptions options, TrapFilter filter, ProbePipeline pipeline)
            throws StartFailure {
        try {
            return PacketCaptures.open(options.method(), options.interfaces(), filter, pipeline::publisher);
        } catch (CaptureException e) {
            throw new StartFailure(StartFailure.COULD_NOT_WORK, e.getMessage());
        }
    }

    private static Traps openTraps(TrapPlan plan, Settings.Traps settings, ProbePipeline pipeline, WallClock clock)
            throws StartFailure {
        ensureEpoll();
        Traps traps = new Traps(settings, pipeline.publisher(), clock);
        try {
            traps.update(plan.boundTcp(), plan.boundUdp());
        } catch (TrapException e) {
            traps.close();
            throw new StartFailure(StartFailure.COULD_NOT_WORK, e.getMessage());
        }
        if (traps.size() == 0) {
            List<TrapFailure> failures = traps.failures();
            traps.close();
            throw new StartFailure(StartFailure.COULD_NOT_WORK,
                    "no trap port could be bound; the first: " + failures.get(0));
        }
        return traps;
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

    /** Begins to deliver probes; a bound trap does so from the moment it is bound. */
    void start() {
        capture.ifPresent(PacketCapture::start);
    }

    /** What the kernel counted; all zero where nothing is captured. */
    CaptureStatistics statistics() {
        return capture.map(PacketCapture::statistics).orElse(CaptureStatistics.NONE);
    }

    /** How probes are seen, for the ready line. */
    String describe() {
        StringJoiner description = new StringJoiner(", ");
        capture.ifPresent(one -> description.add(one.describe()));
        traps.ifPresent(bound -> description.add(bound.describe()));
        return description.toString();
    }

    /** Traps that could not be had. */
    List<TrapFailure> failures() {
        return traps.map(Traps::failures).orElse(List.of());
    }

    /** How many descriptors they may take while they run. */
    int descriptors() {
        return traps.map(Traps::descriptors).orElse(0);
    }

    /** Binds the ports of another plan, where ports are bound. */
    void take(TrapPlan plan) throws StartFailure {
        if (traps.isPresent()) {
            try {
                traps.get().update(plan.boundTcp(), plan.boundUdp());
            } catch (TrapException e) {
                throw new StartFailure(StartFailure.COULD_NOT_WORK, e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        capture.ifPresent(PacketCapture::close);
        traps.ifPresent(Traps::close);
    }
}
