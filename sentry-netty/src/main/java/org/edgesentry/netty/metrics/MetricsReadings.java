package org.edgesentry.netty.metrics;

import java.util.function.LongSupplier;
import org.edgesentry.actions.notify.NotifyCounters;
import org.edgesentry.actions.respond.ScanResponder;
import org.edgesentry.core.host.HostStateHandler;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.metrics.ProbeTimes;
import org.edgesentry.core.pipeline.ActionRing;
import org.edgesentry.core.pipeline.ProbePipeline;
import org.edgesentry.netty.control.ControlCounters;

/**
 * Where the metrics are read from, at the moment that somebody asks: the daemon's own counters, which count each thing
 * once. Thread: any; reading waits for nobody and keeps nobody waiting.
 *
 * @param version of the daemon
 * @param startedNanos when it was ready, nanoseconds since the epoch
 * @param probes and what became of them
 * @param times from probes to verdicts
 * @param pipeline started
 * @param actions started
 * @param hosts the host table
 * @param responder blocks, history and commands
 * @param notifications and what became of them
 * @param control the control socket
 * @param droppedByKernel packets that the kernel had no room for
 * @param lookupsLeftOut packets that were judged without asking for the socket they were meant for
 * @param logLinesDropped lines that the log had no room for
 */
public record MetricsReadings(String version, long startedNanos, ProbeCounters probes, ProbeTimes times,
                              ProbePipeline pipeline, ActionRing actions, HostStateHandler hosts,
                              ScanResponder responder, NotifyCounters notifications, ControlCounters control,
                              LongSupplier droppedByKernel, LongSupplier lookupsLeftOut,
                              LongSupplier logLinesDropped) {
}
