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

/** The product's way for a source that has one probe at a time. Thread: the source's. */
final class SingleWay implements ProbeWay {

    private static final Duration STOP = Duration.ofSeconds(10);

    private final ProbePipeline pipeline;
    private final ProbePublisher publisher;

    SingleWay(PipelineLayout layout, ProbeCounters counters, List<ProbeHandler> handlers) {
        pipeline = new ProbePipeline(Limits.PROBE_RING_SLOTS, counters);
        pipeline.start(layout, handlers);
        publisher = pipeline.publisher();
    }

    @Override
    public int openBatch(int most) {
        return publisher.openBatch(most);
    }

    @Override
    public ProbeEvent begin() {
        return publisher.begin();
    }

    @Override
    public boolean publish() {
        return publisher.publish();
    }

    @Override
    public void closeBatch() {
        publisher.closeBatch();
    }

    @Override
    public boolean stop() {
        return pipeline.stop(STOP) && pipeline.failures() == 0;
    }
}
