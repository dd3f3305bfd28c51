package org.edgesentry.bench;

import java.time.Duration;
import java.util.List;
import org.edgesentry.core.config.PipelineLayout;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.pipeline.ProbePipeline;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.ProbePublisher;

/** A way from a source to the handlers, such as {@link RingBenchmark} compares. Thread: the source's. */
interface ProbeWay extends ProbePublisher {

    /** Lets the handlers finish what was published, and ends their threads; false if that took too long. */
    boolean stop();

    /** The product's: each probe is published by itself. */
    static ProbeWay product(PipelineLayout layout, ProbeCounters counters, List<ProbeHandler> handlers) {
        ProbePipeline pipeline = new ProbePipeline(Limits.PROBE_RING_SLOTS, counters);
        pipeline.start(layout, handlers);
        ProbePublisher publisher = pipeline.publisher();
        return new ProbeWay() {

            @Override
            public ProbeEvent begin() {
                return publisher.begin();
            }

            @Override
            public boolean publish() {
                return publisher.publish();
            }

            @Override
            public boolean stop() {
                return pipeline.stop(Duration.ofSeconds(10)) && pipeline.failures() == 0;
            }
        };
    }
}
