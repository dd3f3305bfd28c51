package org.edgesentry.actions.history;

import java.util.Optional;
import org.edgesentry.core.action.ActionRequest;

/**
 * The form of history and log lines. No line holds a line end, nor anything else that a sender chose but its address.
 *
 * <p>Thread: action worker only.
 */
public interface ReportFormat {

    /** The history line of a probe; empty when this form has none for it. */
    Optional<String> historyLine(ActionRequest probe, BlockState state);

    /** The history line of a scan that has ended; empty when this form has none. */
    Optional<String> closingHistoryLine(ActionRequest closing);

    /** The log line of a probe. */
    String logLine(ActionRequest probe, BlockState state);

    /** Whether the log has a probe before what was done about it, as PortSentry 1.x; with 2.x it comes after. */
    default boolean isProbeFirst() {
        return false;
    }

    /** The log line of a scan that has ended. */
    String closingLogLine(ActionRequest closing);
}
