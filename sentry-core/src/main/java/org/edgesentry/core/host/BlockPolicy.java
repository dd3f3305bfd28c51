package org.edgesentry.core.host;

import java.time.Duration;
import org.edgesentry.core.config.ResponseMode;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PrefixMap;

/**
 * Whether a source may be blocked, and for how long.
 *
 * <p>Thread: immutable; allocates nothing once made.
 */
public final class BlockPolicy {

    private final ResponseMode tcp;
    private final ResponseMode udp;
    private final PrefixMap neverBlock;
    private final long firstSeconds;
    private final int factor;
    private final long maxSeconds;

    /** The policy that the settings ask for; what {@code neverBlock} covers is reported and let be. */
    public BlockPolicy(Settings.Response response, Settings.Blocking blocking, PrefixMap neverBlock) {
        this.tcp = response.tcp();
        this.udp = response.udp();
        this.neverBlock = neverBlock;
        this.firstSeconds = blocking.time().toSeconds();
        this.factor = blocking.timeFactor();
        this.maxSeconds = seconds(blocking.timeMax());
    }

    private static long seconds(Duration limit) {
        return limit.isZero() ? Long.MAX_VALUE : limit.toSeconds();
    }

    /** Whether a probe over this protocol, from this source, must not lead to a block. UDP has its own switch. */
    public boolean forbids(int protocol, int family, long sourceHi, long sourceLo) {
        ResponseMode mode = protocol == IpProtocol.UDP ? udp : tcp;
        return mode != ResponseMode.BLOCK || neverBlock.contains(family, sourceHi, sourceLo);
    }

    /** Seconds that the next block of a host lasts which was blocked so often before; 0 without end. */
    public long blockSeconds(int blocksBefore) {
        long seconds = firstSeconds;
        for (int i = 0; i < blocksBefore && seconds < maxSeconds; i++) {
            seconds = factor > 1 && seconds > maxSeconds / factor ? maxSeconds : seconds * factor;
        }
        return Math.min(seconds, maxSeconds);
    }
}
