package org.edgesentry.actions.respond;

import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.edgesentry.actions.ActionCounters;
import org.edgesentry.actions.Complaints;
import org.edgesentry.core.ledger.ActiveBlocks;
import org.edgesentry.core.ledger.BlockLedger;
import org.edgesentry.actions.command.Macros;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.NoFirewall;
import org.edgesentry.actions.history.BlockState;
import org.edgesentry.actions.history.ReportFormat;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.action.BlockOutcomes;
import org.edgesentry.core.config.Mode;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.ScanType;

/**
 * Answers a scan that nobody makes, so that classes are loaded and linked before the first real one: a JVM takes some
 * fifty milliseconds for what it does the first time, in which a fast scanner asks for a thousand ports. Writes nothing
 * and blocks nobody.
 *
 * <p>Thread: composition root, before the start.
 */
final class Rehearsal {

    private Rehearsal() {
    }

    static void run(Firewall firewall, ReportFormat format) {
        Complaints complaints = new Complaints(LogManager.getLogger(Rehearsal.class));
        BlockNews nobody = (block, dryRun) -> { };
        BlockBook book = new BlockBook(new ActiveBlocks(1), BlockLedger.NONE, new Nobody(), complaints, nobody);
        ActionContext context = new ActionContext(new NoFirewall(), book, new Nobody(),
                new ActionCounters(), complaints, nobody);
        for (int family : new int[] {AddressFamily.IPV4, AddressFamily.IPV6}) {
            ActionRequest request = request(family);
            Macros macros = new Macros(Cidr.ofAddress(family, 0, 0), 0, Mode.STEALTH);
            Response response = new Response(request, macros, new Term(1, 0, false),
                    List.of(Step.BLOCK, Step.REPORT), false);
            BlockCommitter committer = new BlockCommitter(context, () -> 0);
            committer.commit(List.of(response), 0);
            firewall.describe(committer.block(response, 0));
            format.historyLine(request, BlockState.BLOCKED, "localhost");
            format.blockedHistoryLine(request, "localhost");
            format.logLine(request, BlockState.BLOCKED, "localhost");
        }
    }

    private static ActionRequest request(int family) {
        ActionRequest request = new ActionRequest();
        request.family = family;
        request.protocol = IpProtocol.TCP;
        request.scanType = ScanType.TCP_SYN;
        request.triggered = true;
        request.blockRequested = true;
        request.blockPrefixLength = AddressFamily.bits(family);
        return request;
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
