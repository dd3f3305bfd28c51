package org.edgesentry.core.host;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.limits.SecondWindow;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * Knows for each host whether it is blocked, and asks for a block when it should be.
 *
 * <p>A host is clear, then pending (asked for; asked for again while nobody confirms), then blocked until its time is
 * over. A request that is lost, for a full ring or a failing firewall, is therefore made again by the next probe.
 *
 * <p>A tenth of BLOCK_RATE is kept for hosts that have come before: forged sources seldom send two packets, so a flood
 * of them leaves room for who scans for real.
 *
 * <p>A host that was only told to KILL_RUN_CMD counts as blocked, so that the command is run once, but not where a
 * probe of the other protocol asks for a real block.
 *
 * <p>Thread: pipeline only.
 */
final class BlockDesk {

    private static final long RETRY_MILLIS = TimeUnit.SECONDS.toMillis(Limits.BLOCK_RETRY_SECONDS);
    private static final int RESERVED_SHARE = 10;
    /** The largest time that a host row can hold. */
    static final long WITHOUT_END = (1L << 47) - 1;

    private final HostTable table;
    private BlockPolicy policy;
    private int ratePerSecond;
    private SecondWindow rate;
    private SecondWindow rateOfNewcomers;
    private long putOff;

    BlockDesk(HostTable table, HostRules rules) {
        this.table = table;
        use(rules);
    }

    /** From now on by these rules; who is blocked stays so. */
    void use(HostRules rules) {
        policy = rules.blocking();
        if (rate == null || ratePerSecond != rules.blocksPerSecond()) {
            ratePerSecond = rules.blocksPerSecond();
            rate = new SecondWindow(ratePerSecond);
            rateOfNewcomers = new SecondWindow(ratePerSecond - ratePerSecond / RESERVED_SHARE);
        }
    }

    /** Blocks that were put off because BLOCK_RATE was used up. */
    long putOff() {
        return putOff;
    }

    /** Decides about a source that has reached the trigger. */
    void decide(int row, ProbeEvent event) {
        event.blockForbidden = policy.forbids(event, HostState.isProven(table.state(row)));
        if (event.blockForbidden) {
            return;
        }
        event.commandOnly = policy.isCommandOnly(event);
        event.cameBefore = table.hits(row) > 1 || HostState.hasPorts(table.state(row));
        long nowMillis = TimeUnit.NANOSECONDS.toMillis(event.epochNanos);
        boolean more = !event.commandOnly && HostState.isCommandOnly(table.state(row));
        boolean due = more || isDue(table.blockMillis(row), nowMillis);
        int status = HostState.status(table.state(row));
        if (status == HostState.BLOCKED && !due) {
            announceOnce(row, event);
            extendIfDue(row, event, nowMillis);
        } else if (status != HostState.PENDING || due) {
            request(row, event, nowMillis);
        }
    }

    /**
     * Also when more is left than a block or a retry may take: then the clock has stepped back, and the firewall's has
     * not.
     */
    private boolean isDue(long blockMillis, long nowMillis) {
        long leftMillis = blockMillis - nowMillis;
        long longestMillis = Math.max(policy.longestMillis(), RETRY_MILLIS);
        return leftMillis <= 0 || blockMillis != WITHOUT_END && leftMillis > longestMillis;
    }

    private void announceOnce(int row, ProbeEvent event) {
        event.firstSinceBlocked = !HostState.isAnnounced(table.state(row));
        table.setState(row, HostState.withAnnounced(table.state(row), true));
    }

    /** Not held up by BLOCK_RATE: the firewall holds this block already. */
    private void extendIfDue(int row, ProbeEvent event, long nowMillis) {
        long blockMillis = table.blockMillis(row);
        if (!event.commandOnly && blockMillis != WITHOUT_END && policy.extendsBlock(blockMillis - nowMillis)) {
            event.blockRequested = true;
            setStatus(row, HostState.PENDING, nowMillis + RETRY_MILLIS);
        }
    }

    private void request(int row, ProbeEvent event, long nowMillis) {
        if (!event.cameBefore && !rateOfNewcomers.tryPass(event.epochNanos) || !rate.tryPass(event.epochNanos)) {
            putOff++;
            return;
        }
        event.blockRequested = true;
        int state = HostState.withAnnounced(table.state(row), false);
        table.setState(row, HostState.withCommandOnly(state, event.commandOnly));
        setStatus(row, HostState.PENDING, nowMillis + RETRY_MILLIS);
    }

    /** The firewall drops the host now, until the event's time. */
    void confirm(int row, ProbeEvent event) {
        boolean endless = event.blockedUntilNanos == Long.MAX_VALUE;
        setStatus(row, HostState.BLOCKED,
                endless ? WITHOUT_END : TimeUnit.NANOSECONDS.toMillis(event.blockedUntilNanos));
    }

    /** The firewall could not; the next probe after a pause asks again. */
    void reject(int row, ProbeEvent event) {
        setStatus(row, HostState.PENDING, TimeUnit.NANOSECONDS.toMillis(event.epochNanos) + RETRY_MILLIS);
    }

    /** The block is over: its time is, or somebody lifted it. */
    void release(int row) {
        int state = HostState.withAnnounced(table.state(row), false);
        table.setState(row, HostState.withCommandOnly(state, false));
        setStatus(row, HostState.CLEAR, 0);
    }

    private void setStatus(int row, int status, long blockMillis) {
        table.setState(row, HostState.withStatus(table.state(row), status));
        table.setBlockMillis(row, blockMillis);
    }
}
