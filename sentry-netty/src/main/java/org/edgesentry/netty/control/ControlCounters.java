package org.edgesentry.netty.control;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What came in on the control socket. Thread: counted by its loop, read by any. */
public final class ControlCounters {

    private final Map<ControlCommand, LongAdder> requests = new EnumMap<>(ControlCommand.class);
    private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);

    /** All at zero. */
    public ControlCounters() {
        for (ControlCommand command : ControlCommand.values()) {
            requests.put(command, new LongAdder());
        }
        for (Refusal refusal : Refusal.values()) {
            refused.put(refusal, new LongAdder());
        }
    }

    /** Requests of this command that were understood. */
    public long requests(ControlCommand command) {
        return requests.get(command).sum();
    }

    /** Connections that were refused for this reason. */
    public long refused(Refusal refusal) {
        return refused.get(refusal).sum();
    }

    /** Connections that were refused, for whatever reason. */
    public long refused() {
        return refused.values().stream().mapToLong(LongAdder::sum).sum();
    }

    void count(ControlCommand command) {
        requests.get(command).increment();
    }

    void count(Refusal refusal) {
        refused.get(refusal).increment();
    }
}
