package org.edgesentry.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.memory.AllocationMeter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a flood of forged sources must not do: hide a scanner, or take memory without end. */
class FloodTest {

    private static final long SCANNER = 0xC633_6407L;
    private static final long FIRST_FORGED = 0x0B00_0000L;
    /** An odd factor takes the sources in an order without order. */
    private static final long STRIDE = 0x9E37_79B1L;
    private static final int SOURCES_MASK = (1 << 28) - 1;
    private static final long MOST_BYTES = 96_000_000;

    private long forged;

    private void flood(FloodSensor sensor, int sources) {
        for (int i = 0; i < sources; i++) {
            sensor.syn(FIRST_FORGED + (forged++ * STRIDE & SOURCES_MASK), 443);
        }
    }

    /** The hard bound: as many strangers as the table has other places, between its first two packets. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void scanner_withAMillionSourcesBetweenItsFirstTwoProbes_isTheOneNamed(boolean network) {
        FloodSensor sensor = new FloodSensor(network);
        flood(sensor, Limits.HOSTS);
        sensor.syn(SCANNER, 1);
        flood(sensor, Limits.HOSTS - 1);
        sensor.syn(SCANNER, 2);
        flood(sensor, Limits.HOSTS + 1);
        for (int port = 3; port < 9; port++) {
            sensor.syn(SCANNER, port);
            flood(sensor, 100_000);
        }
        sensor.end();

        assertThat(sensor.named()).containsExactly(SCANNER);
        assertThat(sensor.failures()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void memory_withAllThatCanBeRemembered_isBounded(boolean network) {
        FloodSensor sensor = new FloodSensor(network);
        long before = usedBytes();
        for (int port = 1; port <= Limits.CONTACTS_PER_HOST + 8; port++) {
            for (int host = 0; host < Limits.HOSTS_WITH_PORTS; host++) {
                sensor.syn(SCANNER + host, port);
            }
        }
        flood(sensor, Limits.HOSTS);
        long bytes = usedBytes() - before;

        assertThat(bytes).isLessThan(MOST_BYTES);
        assertThat(sensor.failures()).isZero();
    }

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void floodOfANetwork_warm_allocatesNothing() {
        FloodSensor sensor = new FloodSensor(true);
        flood(sensor, Limits.HOSTS + 500_000);

        assertThat(AllocationMeter.bytesPerRound(() -> flood(sensor, 500_000))).isZero();
    }
}
