package org.edgesentry.bench;

import java.util.List;
import org.edgesentry.core.config.PipelineLayout;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.ProbePublisher;

/** A way from a source to the handlers, such as {@link RingBenchmark} compares. Thread: the source's. */
interface ProbeWay extends ProbePublisher {

    /** Lets the handlers finish what was published, and ends their threads; false if that took too long. */
    boolean stop();

    /** The product's: each probe is published by itself. */
    static ProbeWay single(PipelineLayout layout, ProbeCounters counters, List<ProbeHandler> handlers) {
        return new SingleWay(layout, counters, handlers);
    }

    /** The product's in a flood: 32 probes are published at a time. */
    static ProbeWay batches(PipelineLayout layout, ProbeCounters counters, List<ProbeHandler> handlers) {
        return new BatchWay(new SingleWay(layout, counters, handlers));
    }
}
