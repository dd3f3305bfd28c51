package org.edgesentry.core.host;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.config.ResponseMode;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.ledger.BlockTimes;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PrefixMap;
import org.edgesentry.core.net.PrefixMask;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * Whether a source may be blocked. For how long is the actions' affair, which know how often it was blocked before.
 *
 * <p>Thread: immutable; allocates nothing once made.
 */
public final class BlockPolicy {

    private static final int TENTHS = 10;

    private final ResponseMode tcp;
    private final ResponseMode udp;
    private final PrefixMap neverBlock;
    private final long longestMillis;
    private final long extendsBelowMillis;
    private final int ipv6Prefix;
    private final boolean verifiedOnly;

    /** The policy that the settings ask for; what {@code neverBlock} covers is reported and let be. */
    public BlockPolicy(Settings.Response response, Settings.Blocking blocking, PrefixMap neverBlock) {
        this.tcp = response.tcp();
        this.udp = response.udp();
        this.neverBlock = neverBlock;
        BlockTimes times = new BlockTimes(blocking);
        this.longestMillis = times.longestMillis();
        this.extendsBelowMillis = blocking.extend()
                ? TimeUnit.SECONDS.toMillis(times.firstSeconds()) / TENTHS * (TENTHS - 1) : 0;
        this.ipv6Prefix = blocking.ipv6HostPrefix(response);
        this.verifiedOnly = blocking.verifiedOnly();
    }

    /**
     * Whether a probe must not lead to a response to its source.
     *
     * @param proven whether the source, now or before, completed a TCP handshake with a trap
     */
    public boolean forbids(ProbeEvent event, boolean proven) {
        return mode(event) == ResponseMode.LOG
                || verifiedOnly && !proven
                || neverBlock.contains(event.family, event.sourceHi, event.sourceLo)
                || standsForSharedPrefix(event);
    }

    /** Whether the response to a probe is KILL_RUN_CMD only. */
    boolean isCommandOnly(ProbeEvent event) {
        return mode(event) == ResponseMode.COMMAND_ONLY;
    }

    /** UDP has its own switch. */
    private ResponseMode mode(ProbeEvent event) {
        return event.protocol == IpProtocol.UDP ? udp : tcp;
    }

    /**
     * On a prefix that we share only single addresses are blocked, but the one without host bits (the subnet-router
     * anycast address, RFC 4291 2.6.1) is what a firewall's set holds for the prefix as a whole: ourselves included.
     */
    private boolean standsForSharedPrefix(ProbeEvent event) {
        return event.family == AddressFamily.IPV6 && event.blockPrefixLength > ipv6Prefix
                && PrefixMask.isNetwork(event.family, event.sourceHi, event.sourceLo, ipv6Prefix);
    }

    /** The longest time that a block may last, milliseconds. */
    long longestMillis() {
        return longestMillis;
    }

    /**
     * Whether a probe of a blocked host is to extend its block (BLOCK_EXTEND), which lasts so long yet. Once it has
     * been extended, a tenth of BLOCK_TIME passes before that is asked for again: a blocked host costs next to nothing.
     */
    boolean extendsBlock(long leftMillis) {
        return leftMillis < extendsBelowMillis;
    }
}
