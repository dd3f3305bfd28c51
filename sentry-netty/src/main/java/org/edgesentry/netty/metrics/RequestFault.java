package org.edgesentry.netty.metrics;

import java.util.Locale;

/** Why a connection to the metrics endpoint got no metrics. Each is counted. */
enum RequestFault {

    /** {@link org.edgesentry.core.limits.Limits#METRICS_CONNECTIONS} are open, or no descriptor is left. */
    TOO_MANY,
    /** The whole took longer than {@link org.edgesentry.core.limits.Limits#METRICS_CONNECTION_SECONDS}. */
    LATE,
    /** The head has more than {@link org.edgesentry.core.limits.Limits#METRICS_REQUEST_BYTES} bytes. */
    TOO_LONG,
    /** Not a request of HTTP/1. */
    MALFORMED,
    /** Another method than GET and HEAD. */
    METHOD,
    /** Another page. */
    NOT_FOUND,
    /** The peer went away before the head was complete. */
    INCOMPLETE;

    /** The name in the metrics. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
