package org.edgesentry.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.edgesentry.core.action.ActionPublisher;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.config.PipelineLayout;
import org.edgesentry.core.memory.AllocationMeter;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.metrics.ProbeTimes;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.probe.Probes;
import org.edgesentry.core.time.AnchoredClock;
import org.junit.jupiter.api.Test;

/** The stretch from the publisher to the action ring, measured by the JVM's own count of allocated bytes. */
class PipelineAllocationTest {

    /** Fewer than have slots: all stay known, and the table does not grow. */
    private static final int SOURCES = 16_000;

    private final ProbeTimes times = new ProbeTimes(new AnchoredClock());

    @Test
    void handlers_onKnownHosts_allocateNothing() {
        ProbeHandler[] handlers = PipelineFixture
                .handlers(new ProbeCounters(), new OwnEvent(), new OwnRequest()).toArray(ProbeHandler[]::new);
        ProbeEvent template = Probes.syn("198.51.100.7", 111, Probes.NOON);
        ProbeEvent event = new ProbeEvent();
        handle(handlers, template, event, 1_000_000);

        assertThat(AllocationMeter.bytesPerRound(() -> handle(handlers, template, event, 1_000_000))).isZero();
        assertThat(times.toVerdict().snapshot().count()).isPositive();
    }

    @Test
    void publisher_intoTheRing_allocatesNothing() {
        ProbePipeline pipeline = new ProbePipeline(1_024, new ProbeCounters());
        pipeline.start(PipelineLayout.FUSED, List.of(event -> { }));
        ProbePublisher publisher = pipeline.publisher();
        publish(publisher, 200_000);

        assertThat(AllocationMeter.bytesPerRound(() -> publish(publisher, 1_000_000))).isZero();
        pipeline.stop(Duration.ofSeconds(10));
    }

    private void handle(ProbeHandler[] handlers, ProbeEvent template, ProbeEvent event, int count) {
        for (int i = 0; i < count; i++) {
            event.copyFrom(template);
            event.sourceLo += i % SOURCES;
            event.destinationPort = i & 0x7FF;
            event.identity = i;
            event.epochNanos += i * 1_000L;
            for (ProbeHandler handler : handlers) {
                handler.handle(event);
            }
            times.judged(event, i % 10 == 0);
        }
    }

    private static void publish(ProbePublisher publisher, int count) {
        for (int i = 0; i < count; i++) {
            publisher.begin().destinationPort = i & 0xFFFF;
            publisher.publish();
        }
    }

    private static final class OwnEvent implements ProbePublisher {

        private final ProbeEvent event = new ProbeEvent();

        @Override
        public ProbeEvent begin() {
            event.clear();
            return event;
        }

        @Override
        public boolean publish() {
            return true;
        }
    }

    private static final class OwnRequest implements ActionPublisher {

        private final ActionRequest request = new ActionRequest();

        @Override
        public ActionRequest begin() {
            return request;
        }

        @Override
        public boolean publish() {
            return true;
        }
    }
}
