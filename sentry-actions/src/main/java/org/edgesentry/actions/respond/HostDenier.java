package org.edgesentry.actions.respond;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.edgesentry.actions.ActionCounters;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.Complaints;
import org.edgesentry.actions.deny.DenyLine;
import org.edgesentry.actions.deny.HostsDeny;
import org.edgesentry.core.text.PrintableText;

/**
 * KILL_HOSTS_DENY: puts the hosts of many responses into hosts.deny with one change of the file.
 *
 * <p>Thread: action worker only.
 */
final class HostDenier {

    private final HostsDeny file;
    private final ActionCounters counters;
    private final Complaints complaints;

    HostDenier(HostsDeny file, ActionCounters counters, Complaints complaints) {
        this.file = file;
        this.counters = counters;
        this.complaints = complaints;
    }

    /** Denies the sources of all these responses; where that fails, the responses go on without. */
    void deny(List<Response> responses, String template, long epochNanos) {
        if (responses.isEmpty()) {
            return;
        }
        Map<Response, String> lines = new LinkedHashMap<>();
        responses.forEach(response -> lines.put(response, DenyLine.of(template, response.macros())));
        try {
            Set<String> added = file.add(new LinkedHashSet<>(lines.values()));
            counters.hostsDenied(added.size());
            lines.forEach((response, line) -> response.denied(added.contains(line)
                    ? AlertText.denied(response.macros().source(), line)
                    : AlertText.deniedBefore(response.macros().source(), file.file())));
        } catch (IOException e) {
            complain(e, epochNanos);
        }
    }

    /** Takes lines out again that may be there. */
    void allow(Set<String> lines, long epochNanos) {
        try {
            file.remove(lines);
        } catch (IOException e) {
            complain(e, epochNanos);
        }
    }

    private void complain(IOException e, long epochNanos) {
        String words = PrintableText.oneLine(String.valueOf(e.getMessage()), ActionLimits.MESSAGE_CHARS);
        complaints.say(epochNanos, "hosts.deny " + words, "KILL_HOSTS_DENY has no effect: " + words);
    }
}
