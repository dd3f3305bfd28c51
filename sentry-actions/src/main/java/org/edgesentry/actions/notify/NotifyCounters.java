package org.edgesentry.actions.notify;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What became of notifications so far, by their way. Thread: written by the channels, read by any. */
public final class NotifyCounters {

    private final Map<NotifyChannel, LongAdder> sent = adders();
    private final Map<NotifyChannel, LongAdder> failed = adders();
    private final Map<NotifyChannel, LongAdder> dropped = adders();

    private static Map<NotifyChannel, LongAdder> adders() {
        Map<NotifyChannel, LongAdder> adders = new EnumMap<>(NotifyChannel.class);
        for (NotifyChannel channel : NotifyChannel.values()) {
            adders.put(channel, new LongAdder());
        }
        return adders;
    }

    void countSent(NotifyChannel channel) {
        sent.get(channel).increment();
    }

    void countFailed(NotifyChannel channel) {
        failed.get(channel).increment();
    }

    void countDropped(NotifyChannel channel) {
        dropped.get(channel).increment();
    }

    /** Notifications that arrived. */
    public long sent(NotifyChannel channel) {
        return sent.get(channel).sum();
    }

    /** Attempts that failed. */
    public long failed(NotifyChannel channel) {
        return failed.get(channel).sum();
    }

    /** Notifications that were given up. */
    public long dropped(NotifyChannel channel) {
        return dropped.get(channel).sum();
    }
}
