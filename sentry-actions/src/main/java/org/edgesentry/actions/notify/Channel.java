package org.edgesentry.actions.notify;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.Complaints;
import org.edgesentry.core.time.WallClock;

/**
 * One way of telling: gathers news, and when it is time delivers it. At most one digest is under way; what happens
 * meanwhile is gathered for the next one, so a receiver that is away for long costs no more room than one that is slow,
 * and gets one message when it is back.
 *
 * <p>Thread: {@link #gathering}, {@link #use} and {@link #stop} any; {@link #turn} and {@link #lastTurn} one only.
 */
final class Channel {

    /** There is nothing to wait for but news. */
    static final long IDLE = Long.MAX_VALUE;

    /**
     * How to deliver.
     *
     * @param transport the way; null: nobody is to be told
     * @param interval NOTIFY_INTERVAL
     * @param perHour NOTIFY_PER_HOUR
     */
    record Route(Transport transport, Duration interval, int perHour) {
    }

    private final NotifyChannel kind;
    private final String host;
    private final WallClock clock;
    private final NotifyCounters counters;
    private final Logger log;
    private final Complaints complaints;
    private final Gathering gathering = new Gathering();
    private final Pace pace = new Pace();
    private final Retries retries;
    private volatile Route route = new Route(null, Duration.ZERO, 1);
    private volatile Digest underWay;
    private volatile boolean stopping;
    private Digest.Lost lost = Digest.Lost.NOTHING;
    private String trouble = "";

    Channel(NotifyChannel kind, String host, WallClock clock, NotifyCounters counters, Logger log,
            DoubleSupplier random) {
        this.kind = kind;
        this.host = host;
        this.clock = clock;
        this.counters = counters;
        this.log = log;
        this.complaints = new Complaints(log);
        this.retries = new Retries(random);
    }

    void use(Route newer) {
        route = newer;
    }

    boolean isInUse() {
        return route.transport() != null;
    }

    Gathering gathering() {
        return gathering;
    }

    /** Does what is due, and tells in how many nanoseconds to come again, or {@link #IDLE}. */
    long turn() {
        Route way = route;
        if (way.transport() == null) {
            forget();
            return IDLE;
        }
        long nowNanos = clock.epochNanos();
        if (underWay == null) {
            if (gathering.isEmpty()) {
                return IDLE;
            }
            long waitNanos = pace.waitNanos(gathering.firstEpochNanos(), nowNanos, way.interval(), way.perHour());
            if (waitNanos > 0) {
                return waitNanos;
            }
            begin(nowNanos);
        }
        long waitNanos = retries.waitNanos(nowNanos);
        if (waitNanos > 0) {
            return waitNanos;
        }
        attempt(way.transport());
        return 0;
    }

    /** At the stop: what waits for its next attempt, then what is gathered, is tried once, whatever the pace. */
    void lastTurn() {
        Transport transport = route.transport();
        if (transport != null && underWay != null) {
            attempt(transport);
        }
        if (transport != null && underWay == null && !gathering.isEmpty()) {
            begin(clock.epochNanos());
            attempt(transport);
        }
    }

    /** From now on failures are not said: {@link #sayUntold} sums them up. */
    void stop() {
        stopping = true;
    }

    /** After the stop: what nobody was told. */
    void sayUntold() {
        Digest digest = underWay;
        long news = gathering.news() + (digest == null ? 0 : digest.news());
        Transport transport = route.transport();
        if (news > 0 && transport != null) {
            counters.countDropped(kind);
            log.warn("{} blocks and scans were not told by {}: the daemon stops", news, transport.label());
        }
    }

    /** The way is gone, and who was to be told is no more. */
    private void forget() {
        gathering.clear();
        underWay = null;
        lost = Digest.Lost.NOTHING;
        trouble = "";
    }

    private void begin(long nowNanos) {
        underWay = gathering.take(host, lost);
        pace.begun(nowNanos);
        retries.begin(nowNanos);
    }

    private void attempt(Transport transport) {
        Delivery delivery = deliver(transport);
        switch (delivery.outcome()) {
            case DELIVERED -> delivered(transport, delivery);
            case LATER -> failed(transport, delivery);
            default -> {
                counters.countFailed(kind);
                giveUp(transport, " was refused by ", delivery.words());
            }
        }
    }

    /** A fault in a library, or a jar that lacks a part of it, must not end the thread. */
    private Delivery deliver(Transport transport) {
        try {
            return transport.deliver(underWay);
        } catch (RuntimeException | LinkageError e) {
            return Delivery.later(e.toString());
        }
    }

    private void delivered(Transport transport, Delivery delivery) {
        counters.countSent(kind);
        underWay = null;
        lost = Digest.Lost.NOTHING;
        if (!delivery.words().isEmpty()) {
            say(delivery.words(), "A notification went out by " + transport.label() + ", but: " + delivery.words());
        } else if (!trouble.isEmpty()) {
            log.info("Notifications are delivered by {} again", transport.label());
        }
        trouble = "";
    }

    private void failed(Transport transport, Delivery delivery) {
        long nowNanos = clock.epochNanos();
        counters.countFailed(kind);
        if (retries.areOver(nowNanos)) {
            giveUp(transport, " could not be delivered within an hour by ", delivery.words());
            return;
        }
        retries.failed(nowNanos, delivery.pause());
        if (!delivery.words().equals(trouble)) {
            trouble = delivery.words();
            say(trouble, "A notification cannot be delivered by " + transport.label() + ": " + trouble
                    + "; it is tried again for an hour");
        }
    }

    private void giveUp(Transport transport, String how, String words) {
        Digest digest = underWay;
        counters.countDropped(kind);
        lost = lost.and(digest);
        underWay = null;
        trouble = words;
        say(how + words, "A notification of " + digest.blocks() + " blocks and " + digest.scans() + " scans" + how
                + transport.label() + " and is given up: " + words);
    }

    private void say(String reason, String line) {
        if (!stopping) {
            complaints.say(clock.epochNanos(), reason, line);
        }
    }
}
