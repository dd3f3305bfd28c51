package org.edgesentry.netty.daemon;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.edgesentry.actions.ActionCounters;
import org.edgesentry.actions.respond.ScanResponder;
import org.edgesentry.core.host.HostStateHandler;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.metrics.ProbeTimes;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.probe.Verdict;
import org.edgesentry.core.time.WallClock;
import org.edgesentry.netty.control.ControlCounters;
import org.edgesentry.netty.control.StatusView;
import org.edgesentry.netty.host.HostView;

/**
 * What {@code sentry status} shows. Thread: any; it reads counters and rules, and waits for nobody.
 *
 * @param configuration where the settings came from
 * @param options of the command line
 * @param startedNanos when the daemon was ready, nanoseconds since the epoch
 * @param sensors where probes come from
 * @param probes counters
 * @param times from probes to verdicts
 * @param hosts the host table
 * @param responder the actions
 * @param control the control socket's own counters
 * @param firewall what blocks
 * @param watch what is watched now
 * @param host where it stands in the network now
 * @param clock for the age of the daemon
 */
record LiveStatus(Path configuration, RunOptions options, long startedNanos, Sensors sensors, ProbeCounters probes,
                  ProbeTimes times, HostStateHandler hosts, ScanResponder responder, ControlCounters control,
                  FirewallGate firewall, Supplier<Watch> watch, Supplier<HostFacts> host, WallClock clock) {

    StatusView view() {
        return StatusView.builder()
                .text("version", "Version", Version.text())
                .text("configuration", "Configuration", configuration.toString())
                .text("mode", "Mode", options.modes().toString())
                .time("started", "Started", startedNanos)
                .number("uptime_seconds", "Up for seconds",
                        TimeUnit.NANOSECONDS.toSeconds(clock.epochNanos() - startedNanos))
                .number("process", "Process", ProcessHandle.current().pid())
                .section("watching", "Watching", this::watching)
                .section("probes", "Probes", this::probes)
                .section("hosts", "Hosts", this::hosts)
                .section("blocks", "Blocks", this::blocks)
                .section("latency", "Times", this::latency)
                .section("never_blocked", "Never blocked", this::protection)
                .section("control", "Control socket", this::control)
                .build();
    }

    private void watching(StatusView.Builder section) {
        TrapPlan plan = watch.get().plan();
        section.text("source", "Source", sensors.describe())
                .number("tcp_traps", "TCP traps", plan.tcp())
                .number("udp_traps", "UDP traps", plan.udp());
    }

    private void probes(StatusView.Builder section) {
        for (Verdict verdict : Verdict.values()) {
            if (verdict != Verdict.UNJUDGED) {
                section.number(verdict.name().toLowerCase(Locale.ROOT), verdict.label(), probes.probes(verdict));
            }
        }
        section.number("lost_in_kernel", "lost in the kernel", sensors.statistics().droppedByKernel())
                .number("lost_in_ring", "lost in the ring", probes.lost())
                .number("reports_lost", "reports lost", probes.actionsLost());
    }

    private void hosts(StatusView.Builder section) {
        section.number("tracked", "tracked", hosts.hosts())
                .number("evicted", "forgotten for want of room", hosts.evicted())
                .number("folded", "probes without a line", hosts.linesFolded());
    }

    private void blocks(StatusView.Builder section) {
        ActionCounters counters = responder.counters();
        section.number("active", "in force", responder.blocksActive())
                .number("made", "made", counters.blocksMade())
                .number("failed", "failed", counters.blocksFailed())
                .number("expired", "expired", counters.blocksExpired())
                .number("put_off", "put off (BLOCK_RATE)", hosts.blocksPutOff())
                .number("refused", "refused (BLOCK_MAX)", counters.blocksRefused())
                .text("firewall", "by", firewall.name())
                .flag("offload", "first probe blocked by the kernel", responder.isOffloaded())
                .flag("ledger_complete", "ledger complete", !responder.isLedgerBehind());
    }

    private void latency(StatusView.Builder section) {
        new LatencyStatus(times.toVerdict(), responder.counters().probeToBlock(),
                () -> sensors.statistics().droppedByKernel() + probes.lost()).fill(section);
    }

    private void protection(StatusView.Builder section) {
        HostView view = host.get().view();
        section.list("own", "own addresses", texts(view.own()))
                .list("gateways", "default gateways", texts(view.gateways()))
                .list("resolvers", "resolvers", texts(view.resolvers()))
                .list("sessions", "logged-in users at", texts(view.sessions()))
                .number("ignored", "entries of the ignore file", watch.get().ignored().size());
    }

    private static List<String> texts(List<Cidr> networks) {
        return networks.stream().map(Cidr::toString).toList();
    }

    private void control(StatusView.Builder section) {
        section.number("refused", "requests refused", control.refused());
    }
}
