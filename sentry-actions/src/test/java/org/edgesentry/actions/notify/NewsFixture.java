package org.edgesentry.actions.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.edgesentry.actions.Requests;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockOrigin;
import org.edgesentry.core.ledger.BlockReason;
import org.edgesentry.core.ledger.ProbedPort;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.DistributedScan;

/** News, and digests made of it. */
final class NewsFixture {

    static final long START_NANOS = Requests.START_NANOS;

    private NewsFixture() {
    }

    static ActiveBlock block(String source) {
        return block(source, source);
    }

    /** For an hour, from the start on, for a SYN to port 111. */
    static ActiveBlock block(String source, String target) {
        Cidr address = CidrParser.parse(source);
        return new ActiveBlock(CidrParser.parse(target),
                new BlockOrigin(BlockReason.PROBE, address, IpProtocol.TCP, 111), START_NANOS,
                START_NANOS + TimeUnit.HOURS.toNanos(1), 1, List.of(new ProbedPort(IpProtocol.TCP, 111)), true);
    }

    /** Twelve probes within a minute and a half. */
    static ScanSummary scan(String source) {
        return new ScanSummary(CidrParser.parse(source), START_NANOS, START_NANOS + TimeUnit.SECONDS.toNanos(90), 12,
                "TCP SYN/Normal scan", true);
    }

    static DistributedScan crowd() {
        return new DistributedScan(IpProtocol.TCP, 23, 4, 0, 0, 300, 5, 1, 600, START_NANOS,
                START_NANOS + TimeUnit.MINUTES.toNanos(10), List.of());
    }

    static Digest digest(String... sources) {
        List<SourceNews> news = new ArrayList<>();
        for (String source : sources) {
            news.add(SourceNews.of(CidrParser.parse(source)).with(block(source), false));
        }
        return new Digest("edge1", START_NANOS, START_NANOS + 1, sources.length, 0, news, List.of(), 0,
                Digest.Lost.NOTHING);
    }
}
