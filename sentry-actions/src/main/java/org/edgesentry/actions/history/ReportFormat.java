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

    /** The log line of a scan that has ended. */
    String closingLogLine(ActionRequest closing);
}
