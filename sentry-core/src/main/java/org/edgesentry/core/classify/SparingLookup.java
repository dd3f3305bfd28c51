package org.edgesentry.core.classify;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.edgesentry.core.hash.AddressHashes;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.limits.TokenBucket;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * Asks the kernel about its sockets as rarely as the answer stays right, so that a flood does not become a flood of
 * system calls.
 *
 * <p>The last list of open services answers first, for it costs nothing. What it does not know goes to the kernel,
 * unless the kernel has just said that nobody listens there. That is remembered for {@link Limits#ABSENT_MILLIS} and
 * only of packets that no connection could have taken either: a SYN, and a datagram. Beyond
 * {@link Limits#LOOKUPS_PER_SECOND} the list has the last word; it is half a second old at most.
 *
 * <p>Thread: that of the classifier; {@link #leftOut} any. Allocates nothing.
 */
public final class SparingLookup implements OwnSockets {

    private final OwnSockets listed;
    private final OwnSockets kernel;
    private final AddressHashes hashes;
    private final FingerprintMemory absent = new FingerprintMemory(Limits.ABSENT_SOCKETS,
            TimeUnit.MILLISECONDS.toNanos(Limits.ABSENT_MILLIS));
    private final TokenBucket budget = new TokenBucket(Limits.LOOKUPS_BURST,
            TimeUnit.MINUTES.toSeconds(1) * Limits.LOOKUPS_PER_SECOND);
    private final AtomicLong leftOut = new AtomicLong();

    /**
     * A look-up with nothing remembered.
     *
     * @param listed the services that were open a moment ago
     * @param kernel the exact answer, for the price of a system call
     */
    public SparingLookup(OwnSockets listed, OwnSockets kernel) {
        this(listed, kernel, SipHash.withRandomKey());
    }

    SparingLookup(OwnSockets listed, OwnSockets kernel, SipHash hash) {
        this.listed = listed;
        this.kernel = kernel;
        this.hashes = new AddressHashes(hash);
    }

    /** Packets that were judged by the list alone because the kernel had been asked too often. */
    public long leftOut() {
        return leftOut.get();
    }

    @Override
    public boolean wouldTake(ProbeEvent event) {
        return listed.wouldTake(event) || isForSomebody(event);
    }

    private boolean isForSomebody(ProbeEvent event) {
        boolean anySource = isForListenersOnly(event);
        long fingerprint = anySource ? fingerprint(event) : 0;
        if (anySource && absent.holds(fingerprint, event.epochNanos)) {
            return false;
        }
        if (!budget.tryTake(event.epochNanos)) {
            leftOut.lazySet(leftOut.getPlain() + 1);
            return false;
        }
        boolean taken = kernel.wouldTake(event);
        if (anySource && !taken) {
            absent.put(fingerprint, event.epochNanos);
        }
        return taken;
    }

    private static boolean isForListenersOnly(ProbeEvent event) {
        return event.protocol != IpProtocol.TCP || (event.tcpFlags & TcpFlags.CLASSIC) == TcpFlags.SYN;
    }

    /** Of the destination: what nobody listens to is the same for every source. */
    private long fingerprint(ProbeEvent event) {
        long address = hashes.hash(event.destinationHi, event.destinationLo);
        long place = (long) event.interfaceIndex << 32 | (long) event.family << 24 | (long) event.protocol << 16;
        return SipHash.derive(address, place | event.destinationPort);
    }
}
