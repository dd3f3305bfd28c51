package org.edgesentry.netty.daemon;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.time.WallClock;
import org.edgesentry.netty.metrics.MetricsReadings;
import org.edgesentry.netty.metrics.MetricsServer;

/** Opens the metrics endpoint; without METRICS_LISTEN nobody touches this class. Thread: composition root. */
final class MetricsDoor {

    private static final Logger LOG = LogManager.getLogger(MetricsDoor.class);

    private final MetricsServer server;

    private MetricsDoor(MetricsServer server) {
        this.server = server;
    }

    static MetricsDoor open(Settings.HostPort listen, MetricsReadings readings, WallClock clock) throws StartFailure {
        try {
            // An address and no name, which the configuration has seen to: nobody is asked.
            InetAddress address = InetAddress.getByName(listen.host());
            MetricsServer server = MetricsServer.open(new InetSocketAddress(address, listen.port()), readings, clock);
            LOG.info("Metrics are at http://{}/metrics", listen);
            if (!address.isLoopbackAddress()) {
                LOG.warn("METRICS_LISTEN is {}, no loopback address: whoever can connect there reads the metrics, so "
                        + "let only Prometheus through the firewall", listen);
            }
            return new MetricsDoor(server);
        } catch (IOException e) {
            throw new StartFailure(StartFailure.COULD_NOT_WORK, e.getMessage());
        }
    }

    void close() {
        server.close();
    }
}
