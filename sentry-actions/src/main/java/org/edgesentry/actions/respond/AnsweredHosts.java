package org.edgesentry.actions.respond;

import java.util.LinkedHashMap;
import java.util.Map;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.net.Cidr;

/**
 * Hosts whose block failed though the rest of the response was done: when the block is tried again, hosts.deny and
 * command are not. The oldest gives way. Thread: action worker only.
 */
final class AnsweredHosts {

    private final Map<Cidr, Long> untilEpochNanos = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Cidr, Long> eldest) {
            return size() > ActionLimits.ANSWERED_HOSTS;
        }
    };

    void add(Cidr target, long until) {
        untilEpochNanos.put(target, until);
    }

    void remove(Cidr target) {
        untilEpochNanos.remove(target);
    }

    boolean contains(Cidr target, long epochNanos) {
        Long until = untilEpochNanos.get(target);
        return until != null && until > epochNanos;
    }
}
