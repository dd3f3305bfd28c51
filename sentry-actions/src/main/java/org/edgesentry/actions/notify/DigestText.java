package org.edgesentry.actions.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.edgesentry.core.detect.ScanReason;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.ProbedPort;
import org.edgesentry.core.text.SpanText;

/**
 * The words of a digest. All that macros stand for is text that this program made from numbers, one of its own words,
 * or the name of this host: fit for a shell and for the header of a mail.
 *
 * <p>Thread: any.
 */
final class DigestText {

    private DigestText() {
    }

    /** The template of one line, with its macros replaced. */
    static String line(String template, Digest digest) {
        return template.replace("$HOST$", digest.host())
                .replace("$TIME$", TimeText.seconds(digest.firstEpochNanos()))
                .replace("$COUNT$", Long.toString(digest.news()))
                .replace("$BLOCKS$", Long.toString(digest.blocks()))
                .replace("$SCANS$", Long.toString(digest.scans()))
                .replace("$TARGET$", digest.firstSource());
    }

    /** The same for NOTIFY_TEXT, where {@code \n} ends a line and {@code $LIST$} is all that happened. */
    static String text(String template, Digest digest) {
        return line(template.replace("\\n", "\n"), digest).replace("$LIST$", list(digest));
    }

    private static String list(Digest digest) {
        List<String> lines = new ArrayList<>();
        digest.sources().forEach(news -> lines.add(news.source() + ": " + source(news)));
        digest.crowds().forEach(crowd -> lines.add("Many sources: " + ScanReason.of(crowd)));
        if (digest.unlisted() > 0) {
            lines.add("And " + digest.unlisted() + " more blocks and scans without a line each.");
        }
        if (digest.lost().messages() > 0) {
            lines.add("Before this, " + digest.lost().messages() + " messages about " + digest.lost().news()
                    + " blocks and scans could not be delivered.");
        }
        return String.join("\n", lines);
    }

    private static String source(SourceNews news) {
        List<String> parts = new ArrayList<>();
        news.block().ifPresent(block -> parts.add(block(block, news.dryRun())));
        news.scan().ifPresent(scan -> parts.add(scan(scan)));
        return String.join("; ", parts);
    }

    private static String block(ActiveBlock block, boolean dryRun) {
        String target = block.target().isSingleAddress() ? "" : block.target() + " ";
        String what = block.inFirewall() ? "blocked" : "answered by command or hosts.deny, in force";
        String until = block.isEndless() ? "until unblocked" : "until " + TimeText.seconds(block.untilEpochNanos());
        String times = block.times() > 1 ? ", for the " + block.times() + ". time" : "";
        String ports = block.ports().stream().map(ProbedPort::toString).collect(Collectors.joining(", "));
        String why = block.origin().reason().label() + (ports.isEmpty() ? "" : ", " + ports);
        return target + (dryRun ? "would be blocked" : what) + " " + until + times + " (" + why + ")";
    }

    private static String scan(ScanSummary scan) {
        return "scan ended: " + scan.probes() + " probes within "
                + SpanText.of(scan.lastEpochNanos() - scan.firstEpochNanos()) + ", " + scan.type()
                + (scan.blocked() ? "" : ", not blocked");
    }
}
