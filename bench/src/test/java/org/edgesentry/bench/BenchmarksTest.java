package org.edgesentry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.edgesentry.bench.RingBenchmark.Layout;
import org.edgesentry.core.decode.DecodeStatus;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Benchmarks rot unseen when nobody runs them: here each runs once, and does what its name says. */
class BenchmarksTest {

    private static final int HOSTS = 1_000;

    @Test
    void everyBenchmark_underJmh_runsOnce() throws RunnerException {
        Options once = new OptionsBuilder().include("^org\\.edgesentry\\.").forks(0)
                .mode(Mode.SingleShotTime).warmupIterations(0).measurementIterations(1)
                .param("hosts", String.valueOf(HOSTS)).param("entries", "1000")
                .shouldFailOnError(true).verbosity(VerboseMode.SILENT).build();

        Collection<RunResult> results = new Runner(once).run();

        assertThat(results).extracting(result -> result.getParams().getBenchmark())
                .contains("org.edgesentry.bench.CoordinationBenchmark.floodOnEverything",
                        "org.edgesentry.bench.ClassifyBenchmark.trapPort", "org.edgesentry.bench.DecodeBenchmark.ipv4",
                        "org.edgesentry.bench.DispatchBenchmark.request",
                        "org.edgesentry.bench.IgnoreBenchmark.segments",
                        "org.edgesentry.bench.LineBenchmark.portsentry1Log",
                        "org.edgesentry.bench.PipelineBenchmark.probe", "org.edgesentry.bench.RingBenchmark.probe",
                        "org.edgesentry.core.host.HostTableBenchmark.packet");
    }

    @Test
    void decodeBenchmark_onEveryFrame_readsTheSyn() {
        DecodeBenchmark benchmark = new DecodeBenchmark();

        assertThat(benchmark.ipv4()).isEqualTo(DecodeStatus.PACKET);
        assertReadsSyn(benchmark, 4, false);
        assertThat(benchmark.qinq()).isEqualTo(DecodeStatus.PACKET);
        assertReadsSyn(benchmark, 4, false);
        assertThat(benchmark.ipv6WithExtensions()).isEqualTo(DecodeStatus.PACKET);
        assertReadsSyn(benchmark, 6, true);
    }

    private static void assertReadsSyn(DecodeBenchmark benchmark, int family, boolean ipOptions) {
        assertThat(benchmark.event().family).isEqualTo(family);
        assertThat(benchmark.event().protocol).isEqualTo(IpProtocol.TCP);
        assertThat(benchmark.event().destinationPort).isEqualTo(111);
        assertThat(benchmark.event().tcpFlags & TcpFlags.CLASSIC).isEqualTo(TcpFlags.SYN);
        assertThat(benchmark.event().ipOptions).isEqualTo(ipOptions);
    }

    @Test
    void classifyBenchmark_onEveryPacket_findsTheTrapOnly() {
        ClassifyBenchmark benchmark = new ClassifyBenchmark();

        assertThat(benchmark.trapPort()).isEqualTo(Verdict.PROBE);
        assertThat(benchmark.otherPort()).isEqualTo(Verdict.UNWATCHED);
        assertThat(benchmark.unaskedAnswer()).isEqualTo(Verdict.BACKSCATTER);
    }

    @Test
    void ignoreBenchmark_onEverySource_allWaysAgree() {
        IgnoreBenchmark[] benchmarks = {new IgnoreBenchmark(), new IgnoreBenchmark(), new IgnoreBenchmark()};
        for (IgnoreBenchmark benchmark : benchmarks) {
            benchmark.entries = HOSTS;
            benchmark.fill();
        }
        for (int i = 0; i < 10_000; i++) {
            boolean isIgnored = benchmarks[0].linear();
            assertThat(benchmarks[1].segments()).isEqualTo(isIgnored);
            assertThat(benchmarks[2].trie()).isEqualTo(isIgnored);
        }
    }

    @Test
    void lineBenchmark_byStringFormat_saysTheSame() {
        LineBenchmark benchmark = new LineBenchmark();

        assertThat(benchmark.portsentry1Log()).isEqualTo(benchmark.portsentry1LogByStringFormat());
    }

    @Test
    void pipelineBenchmark_onEveryProbe_findsATrap() {
        PipelineBenchmark benchmark = new PipelineBenchmark();
        benchmark.hosts = HOSTS;
        benchmark.grow();

        assertThat(benchmark.probe()).isEqualTo(Verdict.PROBE);
        assertThat(benchmark.sensor().counters.probes(Verdict.PROBE)).isGreaterThan(HOSTS);
        assertThat(benchmark.sensor().counters.probes()).isEqualTo(HOSTS + (HOSTS / 64 + 1) * 64);
        assertThat(benchmark.sensor().actions.count()).isGreaterThanOrEqualTo(HOSTS);
    }

    @ParameterizedTest
    @EnumSource(names = {"FUSED", "FUSED_BY_32", "FUSED_QUEUE", "STAGED", "STAGED_BY_32"})
    void ringBenchmark_withMoreProbesThanSlots_losesNone(Layout layout) {
        RingBenchmark benchmark = new RingBenchmark();
        benchmark.layout = layout;
        benchmark.hosts = HOSTS;
        benchmark.start();
        for (int i = 0; i < 100_000; i++) {
            benchmark.probe();
        }
        benchmark.stop();

        assertThat(benchmark.sensor().counters.probes(Verdict.PROBE)).isEqualTo(100_000);
    }
}
