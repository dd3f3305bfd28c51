package org.edgesentry.netty.metrics;

import java.util.EnumMap;
import java.util.Map;

/** What was asked of the metrics endpoint, which tells it too. Thread: the metrics loop. */
final class EndpointCounters {

    private final Map<RequestFault, Long> refused = new EnumMap<>(RequestFault.class);
    private long scrapes;

    void countScrape() {
        scrapes++;
    }

    void count(RequestFault fault) {
        refused.merge(fault, 1L, Long::sum);
    }

    long scrapes() {
        return scrapes;
    }

    long refused(RequestFault fault) {
        return refused.getOrDefault(fault, 0L);
    }
}
