package org.edgesentry.netty.daemon;

import java.util.List;
import java.util.function.Consumer;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.limits.TokenBucket;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.time.WallClock;

/**
 * Has it said who is never blocked whenever that has changed, yet not so often that users who come and go fill the log.
 * What had to wait is said later, as it is then.
 *
 * <p>Thread: any; callers wait for each other.
 */
final class ProtectionNotice {

    private final WallClock clock;
    private final Consumer<HostFacts> announcement;
    private final TokenBucket allowance =
            new TokenBucket(Limits.PROTECTION_LINES_BURST, Limits.PROTECTION_LINES_PER_MINUTE);
    private List<Cidr> said;
    private HostFacts newest;

    ProtectionNotice(WallClock clock, Consumer<HostFacts> announcement) {
        this.clock = clock;
        this.announcement = announcement;
    }

    /** The host is like this now; containers come and go by the minute, so an interface alone is not worth a line. */
    synchronized void take(HostFacts host) {
        newest = host;
        sayWhatIsOwed();
    }

    /** For now and then: says what had to wait. */
    synchronized void sayWhatIsOwed() {
        if (newest != null && !newest.neverBlocked().equals(said) && allowance.tryTake(clock.epochNanos())) {
            said = newest.neverBlocked();
            announcement.accept(newest);
        }
    }
}
