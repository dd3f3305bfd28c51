package org.edgesentry.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.probe.ProbeSource;
import org.junit.jupiter.api.Test;

class InlinePipelineTest {

    private final ProbeCounters counters = new ProbeCounters();
    private final InlinePipeline pipeline = new InlinePipeline(counters);
    private final ProbePublisher source = pipeline.publisher();
    private final ProbePublisher toSelf = pipeline.publisher();
    private final List<String> seen = new ArrayList<>();

    private static boolean send(ProbePublisher publisher, EventKind kind, long epochNanos) {
        ProbeEvent event = publisher.begin();
        event.kind = kind;
        event.seenBy = ProbeSource.REPLAY;
        event.epochNanos = epochNanos;
        return publisher.publish();
    }

    private void note(String handler, ProbeEvent event) {
        seen.add(handler + " " + event.kind + " " + event.epochNanos);
    }

    @Test
    void publish_event_hasPassedAllHandlersOnReturn() {
        pipeline.start(List.of(event -> note("first", event), event -> note("second", event)));
        assertThat(send(source, EventKind.PROBE, 1)).isTrue();
        assertThat(seen).containsExactly("first PROBE 1", "second PROBE 1");
    }

    @Test
    void publish_fromAHandler_isHandledAfterTheEventAtHandInOrder() {
        pipeline.start(List.of(event -> {
            if (event.kind == EventKind.TICK) {
                send(toSelf, EventKind.CLOSING, 10);
                send(toSelf, EventKind.CLOSING, 20);
            } else if (event.epochNanos == 10) {
                send(toSelf, EventKind.CLOSING, 30);
            }
        }, event -> note("last", event)));
        send(source, EventKind.TICK, 1);
        send(source, EventKind.PROBE, 2);
        assertThat(seen).containsExactly("last TICK 1", "last CLOSING 10", "last CLOSING 20", "last CLOSING 30",
                "last PROBE 2");
    }

    @Test
    void publish_handlerSendsTooMuch_theRestIsRefusedAndCounted() {
        List<Boolean> taken = new ArrayList<>();
        pipeline.start(List.of(event -> {
            for (int i = 0; event.kind == EventKind.TICK && i <= Limits.INLINE_BACKLOG; i++) {
                taken.add(send(toSelf, EventKind.CLOSING, i));
            }
        }, event -> note("last", event)));
        send(source, EventKind.TICK, 1);
        assertThat(taken).hasSize(Limits.INLINE_BACKLOG + 1).containsOnlyOnce(false).endsWith(false);
        assertThat(seen).hasSize(1 + Limits.INLINE_BACKLOG);
        assertThat(counters.lost(ProbeSource.REPLAY)).isEqualTo(1);
    }

    @Test
    void publish_handlerThrows_costsOneEventAndIsKept() {
        pipeline.start(List.of(event -> {
            if (event.epochNanos == 1) {
                throw new IllegalStateException("broken");
            }
        }, event -> note("last", event)));
        send(source, EventKind.PROBE, 1);
        send(source, EventKind.PROBE, 2);
        assertThat(seen).containsExactly("last PROBE 2");
        assertThat(pipeline.failures()).isEqualTo(1);
        assertThat(pipeline.firstFailure()).get().asString().contains("broken");
    }
}
