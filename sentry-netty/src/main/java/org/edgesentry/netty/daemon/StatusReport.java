package org.edgesentry.netty.daemon;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.respond.ScanResponder;
import org.edgesentry.core.host.HostStateHandler;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.probe.Verdict;
import org.edgesentry.netty.host.sockets.OwnServices;
import org.edgesentry.netty.log.CountedDiscard;

/**
 * Says once a minute what went missing in it and what had to wait to be said, and at the end what was seen in all.
 * What is lost silently looks like peace. Thread: its own.
 */
final class StatusReport implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(StatusReport.class);

    private final ProbeCounters counters;
    private final Sensors sensors;
    private final HostStateHandler hostState;
    private final ScanResponder responder;
    private final ProtectionNotice notice;
    private final Growth[] losses;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sentry-report");
        thread.setDaemon(true);
        return thread;
    });

    StatusReport(ProbeCounters counters, Sensors sensors, OwnServices services, HostStateHandler hostState,
                 ScanResponder responder, ProtectionNotice notice) {
        this.counters = counters;
        this.sensors = sensors;
        this.hostState = hostState;
        this.responder = responder;
        this.notice = notice;
        this.losses = new Growth[] {
            new Growth("packets dropped by the kernel before they were read",
                    () -> sensors.statistics().droppedByKernel()),
            new Growth("probes lost because the probe ring was full", counters::lost),
            new Growth("messages of the daemon to itself lost because the probe ring was full",
                    counters::messagesLost),
            new Growth("packets judged by the last list of own services alone, since there were too many to ask for",
                    services::lookupsLeftOut),
            new Growth("reports and block requests lost because the action ring was full", counters::actionsLost),
            new Growth("lines of this log dropped because nobody took them", CountedDiscard::count),
            new Growth("blocks that the firewall failed to make", () -> responder.counters().blocksFailed()),
            new Growth("hosts forgotten early because the host table was full", hostState::evicted),
        };
    }

    void start() {
        timer.scheduleAtFixedRate(this::sayNews, 1, 1, TimeUnit.MINUTES);
    }

    private void sayNews() {
        sayLosses();
        notice.sayWhatIsOwed();
    }

    private void sayLosses() {
        for (Growth loss : losses) {
            loss.say();
        }
    }

    /** The last line of a run. */
    void sayTotals() {
        sayLosses();
        LOG.info("Edge Sentry stops. Probes: {} on traps ({} without a line of their own), "
                        + "{} other contacts, {} from ignored hosts, {} backscatter, {} possible answers, "
                        + "{} unwatched, {} forged, {} malformed; "
                        + "lost: {} in the kernel, {} in the ring. Blocks: {} made, "
                        + "{} put off, {} refused, {} in force",
                counters.probes(Verdict.PROBE), hostState.linesFolded(), counters.probes(Verdict.CONTACT),
                counters.probes(Verdict.IGNORED), counters.probes(Verdict.BACKSCATTER), counters.probes(Verdict.ANSWER),
                counters.probes(Verdict.UNWATCHED), counters.probes(Verdict.FORGED),
                counters.probes(Verdict.MALFORMED), sensors.statistics().droppedByKernel(), counters.lost(),
                responder.counters().blocksMade(), hostState.blocksPutOff(),
                responder.counters().blocksRefused(), responder.blocksActive());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** One kind of loss; says by how much it grew since it was asked last. */
    private static final class Growth {

        private final String what;
        private final LongSupplier count;
        private long said;

        Growth(String what, LongSupplier count) {
            this.what = what;
            this.count = count;
        }

        void say() {
            long now = count.getAsLong();
            if (now > said) {
                LOG.warn("Since the last such line, or the start: {} {}", now - said, what);
                said = now;
            }
        }
    }
}
