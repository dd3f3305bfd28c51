package org.edgesentry.core.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.edgesentry.core.net.AddressText;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.DistributedScan;
import org.edgesentry.core.probe.ScanType;
import org.edgesentry.core.probe.ScanVerdict;
import org.edgesentry.core.text.SpanText;

/**
 * Says why a source was judged to scan, in words that can be checked against the packets: what was asked, what became
 * of it, in what time, and what speaks for or against the address. Numbers and addresses only: nothing in a reason is
 * text of the sender's.
 *
 * <p>Thread: any; off the hot path.
 */
public final class ScanReason {

    /** A mean pause from here on is told instead of the time in which it all happened. */
    private static final long SLOW_GAP_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int NAMED_PREFIXES = 5;
    private static final int CRAFTED = Stream.of(ScanType.values()).filter(ScanType::isCrafted)
            .mapToInt(ScanType::bit).sum();

    private ScanReason() {
    }

    /** The reason of a verdict about one source. */
    public static String of(ScanVerdict scan) {
        List<String> parts = new ArrayList<>();
        parts.add(contacts(scan));
        if ((scan.techniques & CRAFTED) != 0) {
            parts.add("among them packets that no honest program sends");
        }
        parts.add(pace(scan));
        if (scan.sourcePort != 0) {
            parts.add("from source port " + scan.sourcePort);
        }
        parts.addAll(address(scan));
        return String.join("; ", parts);
    }

    /** The reason of a scan that many sources share. */
    public static String of(DistributedScan scan) {
        List<String> parts = new ArrayList<>();
        parts.add(number(scan.sources(), "source") + " asked " + asked(scan));
        parts.add(number(scan.contacts(), "contact") + " failed, " + perSource(scan) + " of each source on average");
        parts.add("within " + SpanText.of(scan.lastNanos() - scan.firstNanos()));
        if (!scan.prefixes().isEmpty()) {
            parts.add("most of them in " + prefixes(scan.prefixes()));
        }
        return String.join("; ", parts);
    }

    private static String contacts(ScanVerdict scan) {
        int total = scan.failed + scan.served + scan.left;
        if (total == 0) {
            return asked(scan) + ", " + number(scan.packets, "packet");
        }
        String left = scan.left == 0 ? "" : String.format(Locale.ROOT, ", %,d opened and left", scan.left);
        String answered = scan.served == 0 ? "" : String.format(Locale.ROOT, ", %,d answered", scan.served);
        return asked(scan) + ": " + share(scan.failed, total) + " failed (refused, unanswered or crafted)" + left
                + answered;
    }

    private static String share(int part, int total) {
        if (total == 1) {
            return part == 1 ? "the one contact" : "no contact";
        }
        return part == total
                ? String.format(Locale.ROOT, "all %,d contacts", total)
                : String.format(Locale.ROOT, "%,d of %,d contacts", part, total);
    }

    private static String asked(ScanVerdict scan) {
        String hosts = scan.hosts == 1 ? "one host" : about(scan) + number(scan.hosts, "host");
        String protocols = scan.protocols == 0 ? "" : number(scan.protocols, "IP protocol");
        if (scan.ports == 0) {
            return protocols.isEmpty() ? hosts + " asked" : protocols + " of " + hosts;
        }
        String ports = scan.hosts > 1 && scan.port != 0 ? "port " + scan.port
                : (scan.ports == 1 ? "" : about(scan)) + number(scan.ports, "port");
        return ports + (protocols.isEmpty() ? "" : " and " + protocols) + " of " + hosts;
    }

    private static String about(ScanVerdict scan) {
        return scan.estimated ? "about " : "";
    }

    /** Clocks of files step back, so the last contact may be before the first. */
    private static String pace(ScanVerdict scan) {
        long span = Math.max(0, scan.lastNanos - scan.firstNanos);
        long gaps = Math.max(1L, (long) scan.failed + scan.served + scan.left - 1);
        return span / gaps >= SLOW_GAP_NANOS
                ? "one contact each " + SpanText.of(span / gaps) + " on average, over " + SpanText.of(span)
                : "within " + SpanText.of(span);
    }

    private static List<String> address(ScanVerdict scan) {
        List<String> parts = new ArrayList<>();
        if (scan.proven) {
            parts.add("address proven by a completed handshake");
        }
        if (scan.lookalikes > 0) {
            String others = number(scan.lookalikes, "other source") + " sent the same probes at the same time";
            parts.add(scan.proven ? others : "address not proven: " + others);
        }
        return parts;
    }

    private static String asked(DistributedScan scan) {
        String hosts = scan.hosts() == 1 && hasTarget(scan)
                ? AddressText.format(scan.family(), scan.targetHi(), scan.targetLo())
                : number(scan.hosts(), "host");
        String protocol = IpProtocol.name(scan.protocol());
        return scan.port() == 0
                ? hosts + " for " + number(scan.ports(), protocol + " port")
                : hosts + " for " + protocol + " port " + scan.port();
    }

    private static boolean hasTarget(DistributedScan scan) {
        return (scan.targetHi() | scan.targetLo()) != 0;
    }

    private static String perSource(DistributedScan scan) {
        double mean = (double) scan.contacts() / Math.max(1, scan.sources());
        String text = String.format(Locale.ROOT, "%.1f", mean);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String prefixes(List<Cidr> prefixes) {
        String named = prefixes.stream().limit(NAMED_PREFIXES).map(Cidr::toString).collect(Collectors.joining(", "));
        int more = prefixes.size() - NAMED_PREFIXES;
        return more > 0 ? named + " and " + number(more, "more network") : named;
    }

    private static String number(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }
}
