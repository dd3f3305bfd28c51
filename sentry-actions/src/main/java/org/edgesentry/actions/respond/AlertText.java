package org.edgesentry.actions.respond;

import java.nio.file.Path;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.text.PrintableText;

/** The log lines about what was done to a host, as PortSentry words them where it has them. Thread: any. */
final class AlertText {

    private AlertText() {
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

    static String released(Cidr source) {
        return "attackalert: Host " + source + " is no longer blocked: it is on the ignore list";
    }

    static String cannotBeReleased(Cidr source) {
        return "attackalert: Host " + source + " is on the ignore list now, but KILL_ROUTE cannot be taken back by the "
                + "daemon: undo it by hand";
    }

    /** Somebody else's words, fit for a line. */
    static String quoted(String text) {
        return PrintableText.oneLine(text, ActionLimits.MESSAGE_CHARS);
    }
}
