package org.edgesentry.bench;

import org.edgesentry.core.probe.ProbeEvent;

/**
 * The product's way for a source that has a block of packets at hand, as the packet ring has in a flood: so many slots
 * are claimed, filled where they are and published together. Waits for room.
 *
 * <p>Thread: the source's.
 */
final class BatchWay implements ProbeWay {

    private static final int BATCH = 32;

    private final ProbeWay way;
    private int left;

    /** A way that takes these batches. */
    BatchWay(ProbeWay way) {
        this.way = way;
    }

    @Override
    public ProbeEvent begin() {
        while (left == 0) {
            left = way.openBatch(BATCH);
        }
        return way.begin();
    }

    @Override
    public boolean publish() {
        way.publish();
        left--;
        if (left == 0) {
            way.closeBatch();
        }
        return true;
    }

    @Override
    public boolean stop() {
        if (left > 0) {
            way.closeBatch();
        }
        return way.stop();
    }
}
