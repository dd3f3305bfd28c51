package org.edgesentry.netty.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgesentry.core.config.PipelineLayout;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");

    private long now = 1_000_000_000;
    private ReadingsFixture daemon;
    private MetricsPage page;

    @BeforeEach
    void open() throws IOException {
        daemon = new ReadingsFixture(PipelineLayout.STAGED);
        page = new MetricsPage(daemon.readings(), new EndpointCounters(), () -> now);
    }

    @AfterEach
    void close() {
        daemon.close();
    }

    private PrometheusText read() throws IOException {
        return new PrometheusText(new String(page.text(), StandardCharsets.UTF_8));
    }

    @Test
    void probes_areInExactlyOneSeriesEach() throws IOException {
        int sent = 0;
        for (ProbeSource source : new ProbeSource[] {ProbeSource.CAPTURE, ProbeSource.TRAP}) {
            for (Verdict verdict : Verdict.values()) {
                for (int i = 0; i <= verdict.ordinal() + source.ordinal(); i++) {
                    daemon.probes.count(source, verdict);
                    sent++;
                }
            }
        }
        daemon.probes.countLost(ProbeSource.TRAP);

        PrometheusText text = read();
        assertThat(text.sum("edge_sentry_probes_total", labels -> true)).isEqualTo(sent);
        assertThat(text.value("edge_sentry_probes_total", "source", "trap", "verdict", "probe"))
                .isEqualTo(daemon.probes.probes(ProbeSource.TRAP, Verdict.PROBE));
        assertThat(text.value("edge_sentry_probes_lost_total", "source", "trap", "reason", "ring_full")).isOne();
        assertThat(text.value("edge_sentry_probes_lost_total", "source", "capture", "reason", "kernel")).isEqualTo(7);
    }

    @Test
    void times_areInTheirBuckets() throws IOException {
        for (long micros : new long[] {9, 90, 900, 4_999}) {
            ProbeEvent event = new ProbeEvent();
            event.kind = EventKind.PROBE;
            event.verdict = Verdict.PROBE;
            event.epochNanos = 5_000_000 - micros * 1_000;
            daemon.times.judged(event, true);
        }

        PrometheusText text = read();
        String name = "edge_sentry_probe_to_verdict_seconds";
        assertThat(text.value(name + "_bucket", "le", "1.0E-5")).isEqualTo(1);
        assertThat(text.value(name + "_bucket", "le", "1.0E-4")).isEqualTo(2);
        assertThat(text.value(name + "_bucket", "le", "0.001")).isEqualTo(3);
        assertThat(text.value(name + "_bucket", "le", "0.005")).isEqualTo(4);
        assertThat(text.value(name + "_sum")).isEqualTo(0.005998);
        assertThat(text.value("edge_sentry_probe_to_block_seconds_count")).isZero();
    }

    @Test
    void handlers_haveALagEach() throws IOException {
        PrometheusText text = read();
        for (String handler : new String[] {"classify", "ignore", "host_state", "dispatch"}) {
            assertThat(text.value("edge_sentry_handler_lag_events", "handler", handler, "ring", "probe")).isZero();
        }
        assertThat(text.value("edge_sentry_handler_lag_events", "handler", "actions", "ring", "action")).isZero();
        assertThat(text.value("edge_sentry_ring_slots", "ring", "probe")).isEqualTo(64);
        assertThat(text.value("edge_sentry_build_info", "version", "1.2.3", "java", Runtime.version().toString()))
                .isOne();
        assertThat(text.value("edge_sentry_start_time_seconds")).isEqualTo(86_400);
    }

    @Test
    void page_askedForWithoutPause_isMadeOnce() throws IOException {
        byte[] first = page.text();
        now += 99_000_000;
        assertThat(page.text()).isSameAs(first);
        now += 1_000_000;
        assertThat(page.text()).isNotSameAs(first);
        now -= 1_000_000_000;
        byte[] clockSetBack = page.text();
        assertThat(page.text()).isSameAs(clockSetBack);
    }

    @Test
    void document_namesEveryFamilyAndNoOther() throws IOException {
        Set<String> named = new TreeSet<>();
        Matcher row = Pattern.compile("^\\| `(edge_sentry_[a-z_]+)`.*\\| (counter|gauge|histogram) \\|",
                Pattern.MULTILINE).matcher(Files.readString(DOCUMENT));
        while (row.find()) {
            named.add(row.group(1) + " " + row.group(2));
        }
        Set<String> told = new TreeSet<>();
        read().types().forEach((name, type) -> told.add(name + " " + type));
        assertThat(named).isEqualTo(told);
    }
}
