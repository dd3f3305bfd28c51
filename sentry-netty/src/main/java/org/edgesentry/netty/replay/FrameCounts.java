package org.edgesentry.netty.replay;

import org.edgesentry.core.decode.DecodeStatus;

/** What the frames of the capture files were. Thread: the replay's. */
final class FrameCounts {

    private static final int STATUSES = DecodeStatus.values().length;

    private final long[] byStatus = new long[STATUSES];
    private long unread;

    void count(DecodeStatus status) {
        byStatus[status.ordinal()]++;
    }

    /** A frame of a link type that the decoder does not read. */
    void countUnread() {
        unread++;
    }

    long of(DecodeStatus status) {
        return byStatus[status.ordinal()];
    }

    long unread() {
        return unread;
    }
}
