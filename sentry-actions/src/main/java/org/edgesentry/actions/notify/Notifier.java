package org.edgesentry.actions.notify;

import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.command.CommandRunner;
import org.edgesentry.core.config.NotifyEvent;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.probe.DistributedScan;
import org.edgesentry.core.time.WallClock;

/**
 * Tells somebody: by webhook, by mail, by a command. News is gathered and told in digests; each way has its own thread,
 * so that one that hangs delays neither another nor the caller. A way that is not configured costs nothing.
 *
 * <p>Thread: action worker only; {@link #counters} any. No method waits, but {@link #close}, or throws.
 */
public final class Notifier implements AutoCloseable {

    /** Makes the way that the settings ask for. */
    interface Transports {

        /** The way; empty when the settings do not want it. */
        Optional<Transport> make(NotifyChannel kind, Settings.Notify settings);
    }

    private final WallClock clock;
    private final Transports transports;
    private final NotifyCounters counters = new NotifyCounters();
    private final Map<NotifyChannel, Channel> channels = new EnumMap<>(NotifyChannel.class);
    private final Map<NotifyChannel, ChannelThread> threads = new EnumMap<>(NotifyChannel.class);
    private Settings.Notify settings;

    /** Tells as the settings say; what goes wrong is logged. */
    public Notifier(Settings.Notify settings, WallClock clock) {
        this(settings, clock, LogManager.getLogger("edgesentry.alert"), (kind, asked) -> make(kind, asked, clock));
    }

    Notifier(Settings.Notify settings, WallClock clock, Logger log, Transports transports) {
        this.clock = clock;
        this.transports = transports;
        String host = HostName.own();
        for (NotifyChannel kind : NotifyChannel.values()) {
            Channel channel = new Channel(kind, host, clock, counters, log,
                    () -> ThreadLocalRandom.current().nextDouble());
            channels.put(kind, channel);
            threads.put(kind, new ChannelThread(kind, channel));
        }
        use(settings);
    }

    private static Optional<Transport> make(NotifyChannel kind, Settings.Notify asked, WallClock clock) {
        return switch (kind) {
            case WEBHOOK -> asked.webhook().map(address -> new Webhook(
                    new Webhook.Post(URI.create(address), asked.subject(), asked.text()),
                    ActionLimits.NOTIFY_EXCHANGE, Optional.empty(), clock));
            case MAIL -> asked.mail().to().isEmpty() ? Optional.empty() : Optional.of(new Mail(asked.mail(),
                    asked.subject(), asked.text(), ActionLimits.NOTIFY_EXCHANGE, ActionLimits.NOTIFY_MAIL_EXCHANGE));
            case COMMAND -> asked.command().map(command -> new NotifyCommand(new CommandRunner(), command,
                    asked.text()));
        };
    }

    /** A host was blocked, or would have been, were there a firewall. */
    public void blocked(ActiveBlock block, boolean dryRun) {
        if (settings.on().contains(NotifyEvent.BLOCK)) {
            gather((gathering, nowNanos) -> gathering.add(block, dryRun, nowNanos));
        }
    }

    /** The scan of one source has ended. */
    public void scanEnded(ScanSummary scan) {
        if (settings.on().contains(NotifyEvent.SCAN)) {
            gather((gathering, nowNanos) -> gathering.add(scan, nowNanos));
        }
    }

    /** Many sources scan together. */
    public void distributed(DistributedScan scan) {
        if (settings.on().contains(NotifyEvent.SCAN)) {
            gather((gathering, nowNanos) -> gathering.add(scan, nowNanos));
        }
    }

    private void gather(News news) {
        long nowNanos = clock.epochNanos();
        channels.forEach((kind, channel) -> {
            if (channel.isInUse() && news.addTo(channel.gathering(), nowNanos)) {
                threads.get(kind).wake();
            }
        });
    }

    /** Goes on with other settings; what waits goes the new way, or nowhere where there is none any more. */
    public void renew(Settings.Notify newer) {
        if (!newer.equals(settings)) {
            use(newer);
        }
    }

    private void use(Settings.Notify newer) {
        settings = newer;
        channels.forEach((kind, channel) -> {
            Transport transport = transports.make(kind, newer).orElse(null);
            channel.use(new Channel.Route(transport, newer.interval(), newer.perHour()));
            threads.get(kind).nudge();
        });
    }

    /** What became of notifications so far. Thread: any. */
    public NotifyCounters counters() {
        return counters;
    }

    /** Sends what was gathered, if that takes no longer than {@link ActionLimits#NOTIFY_AT_STOP}; says what is left. */
    @Override
    public void close() {
        long beganNanos = clock.epochNanos();
        threads.values().forEach(ChannelThread::stop);
        for (ChannelThread thread : threads.values()) {
            thread.await(Pace.leftNanos(beganNanos, ActionLimits.NOTIFY_AT_STOP.toNanos(), clock.epochNanos()));
        }
    }

    /** One piece of news. */
    private interface News {

        /** Whether it is the first. */
        boolean addTo(Gathering gathering, long nowNanos);
    }
}
