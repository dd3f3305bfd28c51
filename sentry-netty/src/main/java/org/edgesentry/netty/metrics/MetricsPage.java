package org.edgesentry.netty.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.time.WallClock;

/**
 * The metrics in Prometheus' text format. A page serves all who ask within {@link Limits#METRICS_PAGE_MILLIS}, so that
 * whoever asks without pause takes no core from the probes.
 *
 * <p>Thread: the metrics loop.
 */
final class MetricsPage {

    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final ProbeFamilies probes;
    private final ResponseFamilies responses;
    private final ProcessFamilies process;
    private final WallClock clock;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private byte[] page = new byte[0];
    private long madeNanos = Long.MIN_VALUE;

    MetricsPage(MetricsReadings readings, EndpointCounters endpoint, WallClock clock) {
        this.probes = new ProbeFamilies(readings);
        this.responses = new ResponseFamilies(readings);
        this.process = new ProcessFamilies(readings, endpoint);
        this.clock = clock;
    }

    /** The page, not to be changed. */
    byte[] text() throws IOException {
        long now = clock.epochNanos();
        long freshUntil = madeNanos + TimeUnit.MILLISECONDS.toNanos(Limits.METRICS_PAGE_MILLIS);
        if (now < madeNanos || now >= freshUntil) {
            page = make();
            madeNanos = now;
        }
        return page;
    }

    private byte[] make() throws IOException {
        Families families = new Families();
        probes.tell(families);
        responses.tell(families);
        process.tell(families);
        ByteArrayOutputStream text = new ByteArrayOutputStream(page.length + 1_024);
        writer.write(text, families.gathered());
        return text.toByteArray();
    }
}
