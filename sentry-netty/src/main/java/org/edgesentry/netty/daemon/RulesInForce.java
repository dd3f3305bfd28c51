package org.edgesentry.netty.daemon;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.time.WallClock;

/**
 * The rules that the handlers ask for: made anew when the configuration is reloaded or the host changes, and then told
 * to the pipeline by a message, so that no handler needs a lock.
 *
 * <p>Thread: any; those who bring news wait for each other.
 */
final class RulesInForce {

    private static final Logger LOG = LogManager.getLogger(RulesInForce.class);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int TRIES = 200;

    private final RunOptions options;
    private final ProbePublisher publisher;
    private final WallClock clock;
    private Watch watch;
    private HostFacts host;
    private volatile PipelineRules rules;

    /** The rules of the start, and a way into the pipeline of their own. */
    RulesInForce(RunOptions options, Watch watch, HostFacts host, ProbePublisher publisher, WallClock clock) {
        this.options = options;
        this.watch = watch;
        this.host = host;
        this.publisher = publisher;
        this.clock = clock;
        this.rules = PipelineRules.of(watch, host, options);
    }

    /** What the handlers go by. */
    PipelineRules rules() {
        return rules;
    }

    /** The configuration has changed. */
    synchronized void take(Watch newer) {
        watch = newer;
        renew();
    }

    /** The host has changed. */
    synchronized void take(HostFacts newer) {
        host = newer;
        renew();
    }

    private void renew() {
        rules = PipelineRules.of(watch, host, options);
        // A full ring empties within milliseconds, and this thread may wait.
        boolean told = publish();
        for (int tries = 0; !told && tries < TRIES; tries++) {
            LockSupport.parkNanos(RETRY_NANOS);
            told = publish();
        }
        if (!told) {
            LOG.error("The probe ring is full all the time: new settings and addresses do not reach it. Reload again");
        }
    }

    private boolean publish() {
        ProbeEvent event = publisher.begin();
        event.kind = EventKind.RENEW;
        event.seenBy = ProbeSource.COMMAND;
        event.epochNanos = clock.epochNanos();
        return publisher.publish();
    }
}
