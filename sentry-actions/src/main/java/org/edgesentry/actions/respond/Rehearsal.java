package org.edgesentry.actions.respond;

import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.edgesentry.actions.ActionCounters;
import org.edgesentry.actions.Complaints;
import org.edgesentry.actions.block.ActiveBlocks;
import org.edgesentry.actions.firewall.Block;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.NoFirewall;
import org.edgesentry.actions.history.BlockState;
import org.edgesentry.actions.history.ReportFormat;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.action.BlockOutcomes;
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
        for (int family : new int[] {AddressFamily.IPV4, AddressFamily.IPV6}) {
            ActionBatch batch = new ActionBatch();
            batch.add(request(family));
            BlockCommitter committer = new BlockCommitter(new NoFirewall(), new ActiveBlocks(1), new Nobody(),
                    new ActionCounters(), new Complaints(LogManager.getLogger(Rehearsal.class)));
            Map<Cidr, Block> made = committer.commit(batch);
            made.values().forEach(firewall::describe);
            format.historyLine(batch.get(0), BlockState.BLOCKED, "localhost");
            format.blockedHistoryLine(batch.get(0), "localhost");
            format.logLine(batch.get(0), BlockState.BLOCKED, "localhost");
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
        request.blockSeconds = 1;
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
