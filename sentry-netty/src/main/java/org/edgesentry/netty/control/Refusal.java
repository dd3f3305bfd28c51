package org.edgesentry.netty.control;

import java.util.Locale;

/** Why a connection to the control socket did not get what it may have wanted. Each is counted. */
public enum Refusal {

    /** The peer is neither root nor the user of the daemon. */
    FOREIGN_PEER,
    /** {@link org.edgesentry.core.limits.Limits#CONTROL_CONNECTIONS} are open. */
    TOO_MANY,
    /** The line is longer than {@link org.edgesentry.core.limits.Limits#CONTROL_REQUEST_BYTES}. */
    TOO_LONG,
    /** The peer ended before the line did. */
    INCOMPLETE,
    /** The line took longer than {@link org.edgesentry.core.limits.Limits#CONTROL_REQUEST_SECONDS}. */
    LATE,
    /** The line is no JSON object in UTF-8, or more came behind it. */
    MALFORMED,
    /** The object asks for nothing that there is. */
    INVALID,
    /** The daemon did not do it within {@link org.edgesentry.core.limits.Limits#CONTROL_ANSWER_SECONDS}. */
    BUSY,
    /** The daemon declined, or failed in it. */
    DECLINED,
    /** The peer read nothing for {@link org.edgesentry.core.limits.Limits#CONTROL_READER_SECONDS}. */
    SLOW_READER;

    /** The name for metrics, in snake_case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
