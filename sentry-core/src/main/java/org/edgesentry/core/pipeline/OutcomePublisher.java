package org.edgesentry.core.pipeline;

import org.edgesentry.core.action.BlockOutcomes;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.time.WallClock;

/**
 * Brings the outcome of blocks back into the pipeline. An outcome that finds the ring full is lost; the host then stays
 * pending and is asked for again, which the firewall takes as a renewal.
 *
 * <p>Thread: the action worker.
 */
public final class OutcomePublisher implements BlockOutcomes {

    private final ProbePublisher publisher;
    private final WallClock clock;

    /** An outcome publisher with a way into the pipeline of its own. */
    public OutcomePublisher(ProbePublisher publisher, WallClock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public void blocked(Cidr target, long untilEpochNanos) {
        send(EventKind.BLOCK_DONE, target, untilEpochNanos);
    }

    @Override
    public void failed(Cidr target) {
        send(EventKind.BLOCK_FAILED, target, 0);
    }

    @Override
    public void ended(Cidr target) {
        send(EventKind.BLOCK_ENDED, target, 0);
    }

    private void send(EventKind kind, Cidr target, long untilEpochNanos) {
        ProbeEvent event = publisher.begin();
        event.kind = kind;
        event.seenBy = ProbeSource.COMMAND;
        event.epochNanos = clock.epochNanos();
        event.family = target.family();
        event.sourceHi = target.hi();
        event.sourceLo = target.lo();
        event.blockedUntilNanos = untilEpochNanos;
        publisher.publish();
    }
}
