package org.edgesentry.actions.respond;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.detect.ScanReason;
import org.edgesentry.core.net.AddressText;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.probe.DistributedScan;
import org.edgesentry.core.probe.ScanKind;
import org.edgesentry.core.probe.ScanVerdict;
import org.edgesentry.core.text.PrintableText;

/** The log lines about what was done to a host, as PortSentry words them where it has them. Thread: any. */
final class AlertText {

    private AlertText() {
    }

    /** A verdict about one source, worded so that filters for the lines of single probes pass it by. */
    static String scan(ScanVerdict scan, String name) {
        String kinds = Arrays.stream(ScanKind.values()).filter(kind -> kind.isIn(scan.kinds)).map(ScanKind::label)
                .collect(Collectors.joining(", "));
        return "attackalert: " + kinds + " scan from host: " + name + "/"
                + AddressText.format(scan.family, scan.sourceHi, scan.sourceLo) + ": " + ScanReason.of(scan);
    }

    static String scan(DistributedScan scan) {
        return "attackalert: distributed scan: " + ScanReason.of(scan);
    }

    static String blocked(Cidr source, String command) {
        return "attackalert: Host " + source + " has been blocked via dropped route using command: \"" + command + "\"";
    }

    static String wouldBeBlocked(Cidr source) {
        return "attackalert: Host " + source + " would be blocked now, but no firewall is in use";
    }

    static String denied(Cidr source, String line) {
        return "attackalert: Host " + source + " has been blocked via wrappers with string: \"" + quoted(line) + "\"";
    }

    static String deniedBefore(Cidr source, Path file) {
        return "attackalert: Host " + source + " already in " + file + ", skipping";
    }

    static String commandRun(Cidr source, String command) {
        return "attackalert: External command run for host: " + source + " using command: \"" + quoted(command) + "\"";
    }

    static String extended(Cidr source, String command) {
        return "attackalert: Host " + source + " goes on and stays blocked for longer, using command: \"" + command
                + "\"";
    }

    /** @param reason follows "it is" */
    static String released(Cidr target, String reason) {
        return "attackalert: Host " + target + " is no longer blocked: it is " + reason;
    }

    static String cannotBeReleased(Cidr target, String reason) {
        return "attackalert: Host " + target + " is " + reason + " now, but KILL_ROUTE cannot be taken back by the "
                + "daemon: undo it by hand";
    }

    static String expired(Cidr target) {
        return "attackalert: Host " + target + " is no longer blocked: its time is over";
    }

    static String expired(int hosts) {
        return "attackalert: " + hosts + " hosts are no longer blocked: their time is over";
    }

    static String unblocked(Cidr target) {
        return "attackalert: Host " + target + " is no longer blocked: it was unblocked by hand";
    }

    /** Somebody else's words, fit for a line. */
    static String quoted(String text) {
        return PrintableText.oneLine(text, ActionLimits.MESSAGE_CHARS);
    }
}
