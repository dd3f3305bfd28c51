package org.edgesentry.actions.history;

import java.util.Optional;
import org.edgesentry.core.action.ActionRequest;

/**
 * The form of history and log lines. No line holds a line end, nor anything else that a sender chose but its address
 * and its name, of which only harmless characters are left. A request that sums up the rest of all hosts has no source.
 *
 * <p>Thread: action worker only.
 */
public interface ReportFormat {

    /** The history line of a probe; empty when this form has none for it. */
    Optional<String> historyLine(ActionRequest probe, BlockState state, String name);

    /** The history line of a block; empty when this form has none for it. */
    Optional<String> blockedHistoryLine(ActionRequest probe, String name);

    /** The history line that sums up a scan, or the rest; empty when this form has none. */
    Optional<String> closingHistoryLine(ActionRequest closing, String name);

    /** The log line of a probe. */
    String logLine(ActionRequest probe, BlockState state, String name);

    /** Whether the log has a probe before what was done about it, as PortSentry 1.x; with 2.x it comes after. */
    boolean isProbeFirst();

    /** The log line that sums up a scan, or the rest. */
    String closingLogLine(ActionRequest closing, String name);
}
