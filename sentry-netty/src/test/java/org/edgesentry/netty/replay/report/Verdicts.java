package org.edgesentry.netty.replay.report;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.DistributedScan;
import org.edgesentry.core.probe.ScanKind;
import org.edgesentry.core.probe.ScanType;
import org.edgesentry.core.probe.ScanVerdict;
import org.edgesentry.core.probe.Verdict;

/** Findings for tests of reports. Thread: any. */
final class Verdicts {

    private static final long BEGIN = 1_416_700_800_123_456_789L;

    private Verdicts() {
    }

    static ScanVerdict vertical(String source) {
        ScanVerdict scan = verdict(source, ScanKind.VERTICAL.bit(), ScanType.TCP_SYN);
        scan.packets = 28;
        scan.ports = 14;
        scan.hosts = 1;
        scan.failed = 12;
        scan.served = 2;
        scan.lastNanos = BEGIN + 3_200_000_000L;
        scan.evidence = 10.125f;
        scan.proven = true;
        return scan;
    }

    static ScanVerdict slowSweep() {
        ScanVerdict scan = verdict("203.0.113.250", ScanKind.HORIZONTAL.bit() | ScanKind.SLOW.bit(), ScanType.TCP_NULL,
                ScanType.TCP_UNKNOWN);
        scan.oddFlags = TcpFlags.SYN | TcpFlags.FIN | TcpFlags.URG;
        scan.packets = 9;
        scan.ports = 1;
        scan.hosts = 9;
        scan.failed = 9;
        scan.firstNanos = BEGIN - 86_400_000_000_000L;
        scan.lastNanos = scan.firstNanos + 8 * 780_000_000_000L;
        scan.evidence = 6.5f;
        scan.lookalikes = 3;
        scan.sourcePort = 20;
        return scan;
    }

    private static ScanVerdict verdict(String source, int kinds, ScanType... types) {
        Cidr address = CidrParser.parse(source);
        ScanVerdict scan = new ScanVerdict();
        scan.kinds = kinds;
        scan.family = address.family();
        scan.sourceHi = address.hi();
        scan.sourceLo = address.lo();
        scan.firstNanos = BEGIN;
        for (ScanType type : types) {
            scan.techniques |= 1 << type.ordinal();
        }
        return scan;
    }

    static DistributedScan botnet() {
        return new DistributedScan(IpProtocol.TCP, 445, AddressFamily.IPV4, 0, 0, 1_166, 900, 1, 1_242, BEGIN,
                BEGIN + 3_000_000_000L,
                List.of(CidrParser.parse("198.51.100.0/24"), CidrParser.parse("203.0.113.0/24")));
    }

    static DistributedScan shared() {
        Cidr target = CidrParser.parse("2001:db8::1");
        return new DistributedScan(IpProtocol.UDP, 0, AddressFamily.IPV6, target.hi(), target.lo(), 40, 1, 120, 120,
                BEGIN, BEGIN + 300_000_000_000L, List.of());
    }

    static ReplaySummary summary(int scans) {
        Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
        verdicts.put(Verdict.CONTACT, 1_500L);
        verdicts.put(Verdict.BACKSCATTER, 22L);
        verdicts.put(Verdict.MALFORMED, 1L);
        return new ReplaySummary(1_530, 1_242, scans, 2, 4, verdicts, 5, 2, 0);
    }
}
