package org.edgesentry.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.action.Responder;
import org.edgesentry.core.config.PipelineLayout;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.Probes;
import org.edgesentry.core.probe.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProbePipelineTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void fusedAndStaged_onTheSameProbes_doTheSame() {
        List<String> fused = run(PipelineLayout.FUSED);

        assertThat(fused).hasSizeGreaterThan(100);
        assertThat(run(PipelineLayout.STAGED)).isEqualTo(fused);
    }

    @Test
    void fullRing_losesAndCountsTheProbeAndNeverWaits() throws InterruptedException {
        ProbeCounters counters = new ProbeCounters();
        ProbePipeline pipeline = new ProbePipeline(8, counters);
        CountDownLatch release = new CountDownLatch(1);
        pipeline.start(PipelineLayout.FUSED, List.of(event -> awaitQuietly(release)));
        ProbePublisher publisher = pipeline.publisher();
        int published = 0;
        for (int i = 0; i < 100; i++) {
            publisher.begin().seenBy = ProbeSource.CAPTURE;
            published += publisher.publish() ? 1 : 0;
        }
        release.countDown();

        assertThat(published).isBetween(8, 9);
        assertThat(counters.lost(ProbeSource.CAPTURE)).isEqualTo(100 - published);
        assertThat(pipeline.stop(LIMIT)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(PipelineLayout.class)
    void batch_isSeenTogether_withoutWhatWasBegunOnly(PipelineLayout layout) {
        List<Integer> heard = new CopyOnWriteArrayList<>();
        ProbePipeline pipeline = new ProbePipeline(64, new ProbeCounters());
        pipeline.start(layout, List.of(event -> { }, event -> heard.add(event.destinationPort)));
        ProbePublisher publisher = pipeline.publisher();
        assertThat(publisher.openBatch(5)).isEqualTo(5);
        for (int port : new int[] {1, 2, -3, 4}) {
            publisher.begin().destinationPort = port;
            if (port > 0) {
                publisher.publish();
            }
        }
        assertThat(heard).isEmpty();
        publisher.closeBatch();
        publisher.begin().destinationPort = 5;
        publisher.publish();

        assertThat(pipeline.stop(LIMIT)).isTrue();
        assertThat(heard).containsExactly(1, 2, 4, 5);
    }

    @Test
    void batches_inAFullRing_getNoRoomAndLeaveSomeToSingleEvents() {
        ProbeCounters counters = new ProbeCounters();
        ProbePipeline pipeline = new ProbePipeline(64, counters);
        CountDownLatch release = new CountDownLatch(1);
        pipeline.start(PipelineLayout.FUSED, List.of(event -> awaitQuietly(release)));
        ProbePublisher publisher = pipeline.publisher();
        int room = publisher.openBatch(1_000);
        for (int i = 0; i < room; i++) {
            publisher.begin();
            publisher.publish();
        }
        publisher.closeBatch();

        assertThat(room).isBetween(32, 63);
        assertThat(publisher.openBatch(1)).isZero();
        publisher.begin().kind = EventKind.TICK;
        assertThat(publisher.publish()).isTrue();
        assertThat(counters.lost()).isZero();
        release.countDown();
        await().until(() -> publisher.openBatch(1) == 1);
        publisher.closeBatch();
        assertThat(pipeline.stop(LIMIT)).isTrue();
    }

    @Test
    void handlerThatThrows_isCountedAndTheNextEventGoesOn() {
        ProbeCounters counters = new ProbeCounters();
        ProbePipeline pipeline = new ProbePipeline(64, counters);
        pipeline.start(PipelineLayout.FUSED, List.of(event -> {
            if (event.destinationPort == 13) {
                throw new IllegalArgumentException("a handler's fault");
            }
            counters.count(event.seenBy, Verdict.PROBE);
        }));
        ProbePublisher publisher = pipeline.publisher();
        for (int port = 0; port < 20; port++) {
            publisher.begin().destinationPort = port;
            publisher.publish();
        }

        await().until(() -> counters.probes(Verdict.PROBE) == 19);
        assertThat(pipeline.failures()).isEqualTo(1);
        pipeline.stop(LIMIT);
    }

    @ParameterizedTest
    @EnumSource(PipelineLayout.class)
    void judgedEvents_areHeardOnceEach_behindTheLastHandler(PipelineLayout layout) {
        List<String> heard = new CopyOnWriteArrayList<>();
        ProbePipeline pipeline = new ProbePipeline(64, new ProbeCounters(),
                (event, endOfBatch) -> heard.add(event.destinationPort + " " + event.verdict));
        pipeline.start(layout, List.of(event -> event.verdict = Verdict.CONTACT,
                event -> event.verdict = Verdict.PROBE));
        ProbePublisher publisher = pipeline.publisher();
        for (int port = 1; port <= 3; port++) {
            publisher.begin().destinationPort = port;
            publisher.publish();
        }

        assertThat(pipeline.stop(LIMIT)).isTrue();
        assertThat(heard).containsExactly("1 PROBE", "2 PROBE", "3 PROBE");
    }

    @ParameterizedTest
    @CsvSource({"FUSED,1", "STAGED,2"})
    void lags_sayWhatEachThreadHasNotDealtWith(PipelineLayout layout, int threads) {
        ProbePipeline pipeline = new ProbePipeline(64, new ProbeCounters());
        CountDownLatch release = new CountDownLatch(1);
        pipeline.start(layout, List.of(event -> { }, event -> awaitQuietly(release)));
        ProbePublisher publisher = pipeline.publisher();
        for (int i = 0; i < 5; i++) {
            publisher.begin();
            publisher.publish();
        }

        assertThat(pipeline.lags()).hasSize(threads).endsWith(5);
        release.countDown();
        await().untilAsserted(() -> assertThat(pipeline.lags()).containsOnly(0));
        assertThat(pipeline.slots()).isEqualTo(64);
        pipeline.stop(LIMIT);
    }

    private static List<String> run(PipelineLayout layout) {
        ProbeCounters counters = new ProbeCounters();
        Recorder recorder = new Recorder();
        ActionRing actions = new ActionRing(1 << 15, counters);
        actions.start(recorder);
        ProbePipeline pipeline = new ProbePipeline(1 << 15, counters);
        pipeline.start(layout, PipelineFixture.handlers(counters, pipeline.publisher(), actions.publisher()));
        publishRandomProbes(pipeline.publisher());
        assertThat(pipeline.stop(LIMIT)).isTrue();
        assertThat(actions.stop(LIMIT)).isTrue();
        assertThat(counters.lost()).isZero();
        assertThat(counters.probes()).isEqualTo(20_000);
        for (Verdict verdict : Verdict.values()) {
            recorder.seen.add(verdict + " " + counters.probes(verdict));
        }
        return recorder.seen;
    }

    private static void publishRandomProbes(ProbePublisher publisher) {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            String source = (random.nextInt(10) == 0 ? "203.0.113." : "198.51.100.") + random.nextInt(50);
            ProbeEvent probe = Probes.tcp(source, random.nextInt(2_000), random.nextInt(64), Probes.NOON + i);
            probe.identity = random.nextInt();
            publisher.begin().copyFrom(probe);
            publisher.publish();
        }
        ProbeEvent stop = publisher.begin();
        stop.kind = EventKind.CLOSE_ALL;
        stop.epochNanos = Probes.NOON + Probes.SECOND;
        publisher.publish();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes down what is asked for, in words. */
    private static final class Recorder implements Responder {

        private final List<String> seen = new ArrayList<>();

        @Override
        public void respond(ActionRequest request, boolean endOfBatch) {
            seen.add(request.kind + " " + request.sourceLo + " " + request.port + " " + request.scanType
                    + " line=" + request.reported + " trigger=" + request.triggered + " block="
                    + request.blockRequested + "/" + request.blockPrefixLength + "/" + request.cameBefore
                    + (request.kind == ActionKind.CLOSING ? " folded=" + request.closingFolded : ""));
        }

        @Override
        public void close() {
            seen.add("closed");
        }
    }
}
