package org.edgesentry.core.action;

import org.edgesentry.core.net.Cidr;

/** Where the actions report what became of a block, so that the host table agrees with the firewall. Never waits. */
public interface BlockOutcomes {

    /**
     * The firewall drops the target from now on, or KILL_RUN_CMD was run where that is the whole response.
     *
     * @param untilEpochNanos when the target may be answered anew; {@link Long#MAX_VALUE} without end
     */
    void blocked(Cidr target, long untilEpochNanos);

    /** The firewall could not block the target; it is to be asked for again. */
    void failed(Cidr target);

    /** The target is blocked no more, before its time. */
    void ended(Cidr target);
}
