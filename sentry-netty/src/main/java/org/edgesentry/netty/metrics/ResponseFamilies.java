package org.edgesentry.netty.metrics;

import org.edgesentry.actions.ActionCounters;
import org.edgesentry.actions.notify.NotifyChannel;
import org.edgesentry.actions.notify.NotifyCounters;
import org.edgesentry.actions.respond.ScanResponder;
import org.edgesentry.core.host.HostStateHandler;
import org.edgesentry.netty.control.ControlCommand;
import org.edgesentry.netty.control.ControlCounters;
import org.edgesentry.netty.control.Refusal;
import org.edgesentry.netty.metrics.Families.Series;

/** What is told about hosts, and about what was done to them and said of them. Thread: one. */
final class ResponseFamilies {

    private final MetricsReadings readings;

    ResponseFamilies(MetricsReadings readings) {
        this.readings = readings;
    }

    void tell(Families families) {
        hosts(families);
        blocks(families);
        records(families);
        families.counters("notifications_total", "Notifications, by what became of them; failed attempts are tried "
                        + "again.", this::notifications)
                .counters("control_requests_total", "Requests on the control socket.", this::requests)
                .counters("control_refused_total", "Connections to the control socket that were refused.",
                        this::refused);
    }

    private void hosts(Families families) {
        HostStateHandler hosts = readings.hosts();
        families.gauge("hosts_tracked", "Hosts that are remembered.", hosts.hosts())
                .counter("hosts_evicted_total", "Hosts that were forgotten early because the table was full.",
                        hosts.evicted())
                .counter("probes_folded_total", "Probes without a line of their own; the closing line counts them.",
                        hosts.linesFolded());
    }

    private void blocks(Families families) {
        ScanResponder responder = readings.responder();
        ActionCounters counters = responder.counters();
        families.gauge("blocks_active", "Blocks in force.", responder.blocksActive())
                .counter("blocks_made_total", "Blocks and renewals that the firewall took.", counters.blocksMade())
                .counter("blocks_failed_total", "Blocks that the firewall refused; they are tried again.",
                        counters.blocksFailed())
                .counter("blocks_expired_total", "Blocks whose time was over.", counters.blocksExpired())
                .counter("blocks_put_off_total", "Blocks that had to wait because BLOCK_RATE was used up.",
                        readings.hosts().blocksPutOff())
                .counter("blocks_refused_total", "Blocks beyond BLOCK_MAX, never asked of the firewall.",
                        counters.blocksRefused())
                .counter("unblocks_failed_total", "Failed attempts to lift a block; each is tried again.",
                        counters.unblocksFailed())
                .gauge("kernel_offload_active", "1 while the kernel itself blocks on the first probe (BLOCK_OFFLOAD).",
                        responder.isOffloaded() ? 1 : 0)
                .histogram("probe_to_block_seconds", "From the time stamp of the probe that a block answers to the "
                        + "firewall's word that it is in force.", counters.probeToBlock().snapshot());
    }

    private void records(Families families) {
        ActionCounters counters = readings.responder().counters();
        families.gauge("ledger_behind", "1 while the ledger of blocks lacks something that has happened.",
                        readings.responder().isLedgerBehind() ? 1 : 0)
                .counter("history_lines_written_total", "Lines in the history file.", counters.linesWritten())
                .counter("history_lines_lost_total", "History lines that will never be in the file.",
                        counters.linesLost())
                .counter("log_lines_dropped_total", "Lines of the log that nobody took while the queue was full.",
                        readings.logLinesDropped().getAsLong())
                .counter("file_writes_failed_total", "Failed writes to the history and blocked files; each is tried "
                        + "again.", counters.fileWritesFailed())
                .counter("commands_run_total", "Runs of KILL_RUN_CMD.", counters.commandsRun())
                .counter("commands_dropped_total", "Commands that were never run: too many waited, or the daemon "
                        + "stopped.", counters.commandsDropped())
                .counter("hosts_denied_total", "Hosts that got a line in hosts.deny.", counters.hostsDenied());
    }

    private void notifications(Series series) {
        NotifyCounters counters = readings.notifications();
        for (NotifyChannel channel : NotifyChannel.values()) {
            series.of(counters.sent(channel), "channel", channel.label(), "outcome", "sent")
                    .of(counters.failed(channel), "channel", channel.label(), "outcome", "failed")
                    .of(counters.dropped(channel), "channel", channel.label(), "outcome", "dropped");
        }
    }

    private void requests(Series series) {
        ControlCounters control = readings.control();
        for (ControlCommand command : ControlCommand.values()) {
            series.of(control.requests(command), "command", command.word());
        }
    }

    private void refused(Series series) {
        ControlCounters control = readings.control();
        for (Refusal refusal : Refusal.values()) {
            series.of(control.refused(refusal), "reason", refusal.word());
        }
    }
}
