package org.edgesentry.netty.metrics;

import java.io.IOException;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.limits.Limits;

/** What all connections to the metrics endpoint share: who may come in, and the answers. Thread: the metrics loop. */
final class MetricsDesk {

    private static final Logger LOG = LogManager.getLogger(MetricsDesk.class);
    private static final String METRICS = "/metrics";

    private final MetricsPage page;
    private final EndpointCounters counters;
    private int open;
    private boolean failureSaid;

    MetricsDesk(MetricsPage page, EndpointCounters counters) {
        this.page = page;
        this.counters = counters;
    }

    /** Lets a connection in; false when there are enough. */
    boolean enter() {
        if (open == Limits.METRICS_CONNECTIONS) {
            return false;
        }
        open++;
        return true;
    }

    void leave() {
        open--;
    }

    void count(RequestFault fault) {
        counters.count(fault);
    }

    /** Whether the answer has a body. */
    boolean isBodyWanted(Optional<RequestHead.Line> line) {
        return line.isEmpty() || !"HEAD".equals(line.get().method());
    }

    HttpAnswer tooLong() {
        counters.count(RequestFault.TOO_LONG);
        return HttpAnswer.text("431 Request Header Fields Too Large", "The request is too long.");
    }

    /** The answer to a request line; where it is none, that it is none. */
    HttpAnswer answer(Optional<RequestHead.Line> line) {
        if (line.isEmpty()) {
            counters.count(RequestFault.MALFORMED);
            return HttpAnswer.text("400 Bad Request", "This is not a request of HTTP/1.");
        }
        String method = line.get().method();
        if (!"GET".equals(method) && !"HEAD".equals(method)) {
            counters.count(RequestFault.METHOD);
            return HttpAnswer.text("405 Method Not Allowed", "There is only GET and HEAD.");
        }
        if (!METRICS.equals(line.get().path())) {
            counters.count(RequestFault.NOT_FOUND);
            return HttpAnswer.text("404 Not Found", "The metrics are at " + METRICS);
        }
        counters.countScrape();
        return metrics();
    }

    private HttpAnswer metrics() {
        try {
            return HttpAnswer.page(MetricsPage.CONTENT_TYPE, page.text());
        } catch (IOException | RuntimeException e) {
            if (!failureSaid) {
                failureSaid = true;
                LOG.error("The page of metrics could not be made, which should not happen", e);
            }
            return HttpAnswer.text("500 Internal Server Error", "The page could not be made; the log says why.");
        }
    }
}
