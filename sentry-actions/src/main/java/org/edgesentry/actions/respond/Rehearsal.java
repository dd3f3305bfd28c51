package org.edgesentry.actions.respond;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.edgesentry.actions.ActionCounters;
import org.edgesentry.actions.Complaints;
import org.edgesentry.actions.deny.HostsDeny;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.history.BlockState;
import org.edgesentry.actions.history.ReportFormat;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.action.BlockOutcomes;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.ActiveBlocks;
import org.edgesentry.core.ledger.BlockEnd;
import org.edgesentry.core.ledger.BlockLedger;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.ScanType;

/**
 * Answers scans that nobody makes, so that classes are loaded and code is compiled before the first real one: what a
 * JVM does the first time takes it many times as long, and a fast scanner asks for hundreds of ports meanwhile.
 *
 * <p>Everything here is its own: a record without a ledger, a firewall that only pretends, lines that are written
 * nowhere. No command of the administrator's is part of it.
 *
 * <p>Thread: one.
 */
public final class Rehearsal implements AutoCloseable {

    /** Addresses for documentation (RFC 5737, RFC 3849). */
    private static final long NOBODY_IPV4 = 0xC000_0201L;
    private static final long NOBODY_HI = 0x2001_0DB8_0000_0000L;

    private final Firewall firewall;
    private final ReportFormat format;
    private final BlockBook book;
    private final BlockCommitter committer;
    private final ResponseDesk desk;

    /**
     * @param understudy blocks nobody; closed with this
     * @param rules of which only the times of blocks are taken
     */
    public Rehearsal(Firewall understudy, ReportFormat format, ResponseRules rules) {
        Complaints complaints = new Complaints(LogManager.getLogger(Rehearsal.class));
        BlockNews nobody = (block, dryRun) -> { };
        this.firewall = understudy;
        this.format = format;
        this.book = new BlockBook(new ActiveBlocks(1), BlockLedger.NONE, new Nobody(), complaints, nobody);
        ActionContext context = new ActionContext(firewall, book, new Nobody(), new ActionCounters(), complaints,
                nobody);
        this.committer = new BlockCommitter(context, () -> 0);
        this.desk = new ResponseDesk(context, committer,
                new HostDenier(new HostsDeny(Path.of("/dev/null")), context.counters(), complaints),
                new CommandSteps(context, committer, () -> { }, line -> { }), new ResponsePlan(tame(rules), firewall));
    }

    /** Without commands, and with nobody to be spared. */
    private static ResponseRules tame(ResponseRules rules) {
        Settings.Response none = new Settings.Response(rules.response().tcp(), rules.response().udp(),
                Optional.empty(), Optional.empty(), Optional.empty(), false);
        return new ResponseRules(none, rules.blocking(), rules.modes(), List.of(), rules.notification(),
                Optional.empty());
    }

    /** Once for each family. */
    void run() {
        for (int family : new int[] {AddressFamily.IPV4, AddressFamily.IPV6}) {
            answer(request(family));
        }
    }

    private static ActionRequest request(int family) {
        ActionRequest request = new ActionRequest();
        request.family = family;
        request.sourceHi = family == AddressFamily.IPV4 ? 0 : NOBODY_HI;
        request.sourceLo = family == AddressFamily.IPV4 ? NOBODY_IPV4 : 1;
        request.protocol = IpProtocol.TCP;
        request.scanType = ScanType.TCP_SYN;
        request.triggered = true;
        request.blockRequested = true;
        request.blockPrefixLength = AddressFamily.bits(family);
        return request;
    }

    /** Blocks the source of this probe, as far as anybody can tell, says so to nobody, and ends the block again. */
    public void answer(ActionRequest request) {
        desk.begin(request);
        for (Response response : desk.advance(request.epochNanos)) {
            firewall.describe(committer.block(response, request.epochNanos));
            format.historyLine(request, BlockState.BLOCKED, "localhost");
            format.blockedHistoryLine(request, "localhost");
            format.logLine(request, BlockState.BLOCKED, "localhost");
            desk.reported(response);
        }
        desk.advance(request.epochNanos);
        for (ActiveBlock block : List.copyOf(book.all())) {
            book.noteEnded(block, BlockEnd.How.EXPIRED, request.epochNanos);
        }
        book.keep(request.epochNanos);
    }

    @Override
    public void close() {
        firewall.close();
    }

    /** Hears what became of the block that was none. */
    private static final class Nobody implements BlockOutcomes {

        @Override
        public void blocked(Cidr target, long untilEpochNanos) {
        }

        @Override
        public void failed(Cidr target) {
        }

        @Override
        public void ended(Cidr target) {
        }
    }
}
