package org.edgesentry.core.host;

/**
 * Probes that have no line, and whose hosts get no closing line either: one line sums them up. Their hosts came when
 * all hosts together had used up their lines, or had to go from the table. Thread: pipeline only.
 */
final class FoldedRest {

    private long hosts;
    private long probes;

    void add(long probesOfOneHost) {
        hosts++;
        probes += probesOfOneHost;
    }

    /** A further probe of a host that is counted. */
    void addFurther() {
        probes++;
    }

    /** At most so many: a host that was forgotten in between counts again. */
    long hosts() {
        return hosts;
    }

    long probes() {
        return probes;
    }

    void clear() {
        hosts = 0;
        probes = 0;
    }
}
