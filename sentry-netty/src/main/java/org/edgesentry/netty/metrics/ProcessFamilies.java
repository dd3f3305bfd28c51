package org.edgesentry.netty.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.TimeUnit;
import org.edgesentry.netty.metrics.Families.Series;

/** What is told about the process: its build, and what it takes of the machine. Thread: one. */
final class ProcessFamilies {

    private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final double MILLIS_A_SECOND = TimeUnit.SECONDS.toMillis(1);

    private final MetricsReadings readings;
    private final EndpointCounters endpoint;

    ProcessFamilies(MetricsReadings readings, EndpointCounters endpoint) {
        this.readings = readings;
        this.endpoint = endpoint;
    }

    void tell(Families families) {
        families.gauges("build_info", "Always 1; the labels say what runs.",
                        series -> series.of(1, "version", readings.version(), "java", Runtime.version().toString()))
                .gauge("start_time_seconds", "When the daemon was ready, seconds since the epoch.",
                        readings.startedNanos() / NANOS_A_SECOND)
                .counter("metrics_scrapes_total", "Pages of metrics that were asked for.", endpoint.scrapes())
                .counters("metrics_refused_total", "Other requests to the metrics endpoint.", this::refused)
                .gauges("jvm_memory_used_bytes", "Memory of the Java virtual machine in use.", ProcessFamilies::used)
                .gauge("jvm_memory_heap_max_bytes", "What the heap may grow to.",
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax())
                .gauge("jvm_threads", "Threads that Java knows of.",
                        ManagementFactory.getThreadMXBean().getThreadCount())
                .counters("jvm_gc_collections_total", "Garbage collections.", ProcessFamilies::collections)
                .counters("jvm_gc_seconds_total", "Time that garbage collections took.", ProcessFamilies::pauses);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            families.counter("process_cpu_seconds_total", "CPU time of all threads.",
                            system.getProcessCpuTime() / NANOS_A_SECOND)
                    .gauge("process_open_fds", "Open file descriptors.", system.getOpenFileDescriptorCount())
                    .gauge("process_max_fds", "File descriptors that may be open.",
                            system.getMaxFileDescriptorCount());
        }
    }

    private void refused(Series series) {
        for (RequestFault fault : RequestFault.values()) {
            series.of(endpoint.refused(fault), "reason", fault.label());
        }
    }

    private static void used(Series series) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        series.of(memory.getHeapMemoryUsage().getUsed(), "area", "heap")
                .of(memory.getNonHeapMemoryUsage().getUsed(), "area", "nonheap");
    }

    private static void collections(Series series) {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            series.of(Math.max(0, collector.getCollectionCount()), "collector", collector.getName());
        }
    }

    private static void pauses(Series series) {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            series.of(Math.max(0, collector.getCollectionTime()) / MILLIS_A_SECOND, "collector", collector.getName());
        }
    }
}
