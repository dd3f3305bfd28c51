package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.edgesentry.netty.metrics.PrometheusText;

/** Reads the sensor's metrics as Prometheus does. Thread: any. */
final class Scrape {

    /** The line of the configuration with which the daemon listens where this asks. */
    static final String LISTEN = "METRICS_LISTEN=\"127.0.0.1:9465\"";

    private Scrape() {
    }

    /** The sensor's metrics now. */
    static PrometheusText of(TwoHosts hosts) {
        List<String> command = new ArrayList<>(hosts.sensorPrefix());
        command.addAll(List.of("bash", "-c", request("127.0.0.1")));
        return new PrometheusText(body(Shell.run(command)));
    }

    /** What bash has to run to ask the endpoint at this address. */
    static String request(String address) {
        return "exec 3<>/dev/tcp/" + address + "/9465; "
                + "printf 'GET /metrics HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' >&3; cat <&3";
    }

    /** The page of an answer. */
    static String body(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n");
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    /** Everything that was judged, whatever the verdict. */
    static long judged(PrometheusText metrics) {
        return (long) metrics.sum("edge_sentry_probes_total", labels -> true);
    }

    /** Everything that was not. */
    static long lost(PrometheusText metrics) {
        return (long) metrics.sum("edge_sentry_probes_lost_total", labels -> true);
    }
}
