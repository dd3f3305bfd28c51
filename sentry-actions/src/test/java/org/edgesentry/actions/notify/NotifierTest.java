package org.edgesentry.actions.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.LogCapture;
import org.edgesentry.actions.TestSettings;
import org.edgesentry.core.config.NotifyEvent;
import org.edgesentry.core.config.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NotifierTest {

    private static final Logger ALERTS = LogManager.getLogger("edgesentry.alert");

    private final LogCapture log = new LogCapture();
    private final FakeTransport mail = new FakeTransport();
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicLong nowNanos = new AtomicLong(NewsFixture.START_NANOS);

    @AfterEach
    void stop() {
        over.countDown();
        log.close();
    }

    private Notifier notifier(Settings.Notify settings) {
        return new Notifier(settings, nowNanos::get, ALERTS, (kind, asked) -> switch (kind) {
            case WEBHOOK -> asked.webhook().map(address -> hanging());
            case MAIL -> asked.mail().to().isEmpty() ? Optional.empty() : Optional.of(mail);
            default -> Optional.empty();
        });
    }

    private Transport hanging() {
        return new Transport() {
            @Override
            public Delivery deliver(Digest digest) {
                hangs.countDown();
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return Delivery.later("interrupted");
            }

            @Override
            public String label() {
                return "the hanging webhook";
            }
        };
    }

    private static Settings.Notify settings(boolean webhook, boolean mail, Set<NotifyEvent> on) {
        Settings.Notify nobody = TestSettings.NOBODY_IS_TOLD;
        Settings.Mail readers = new Settings.Mail(mail ? List.of("root") : List.of(),
                Optional.empty(), nobody.mail().server(), Optional.empty(), Optional.empty());
        return new Settings.Notify(webhook ? Optional.of("http://127.0.0.1/") : Optional.empty(), readers,
                Optional.empty(), on, Duration.ofSeconds(1), 20, nobody.subject(), nobody.text());
    }

    @Test
    void blocked_oneWayHangs_theOtherDeliversAndTheCallerGoesOn() throws InterruptedException {
        Notifier notifier = notifier(settings(true, true, EnumSet.allOf(NotifyEvent.class)));
        notifier.blocked(NewsFixture.block("192.0.2.7"), false);
        nowNanos.addAndGet(Duration.ofSeconds(6).toNanos());
        notifier.renew(settings(true, true, EnumSet.of(NotifyEvent.BLOCK)));
        hangs.await();
        for (int i = 0; i < 100_000; i++) {
            notifier.blocked(NewsFixture.block("192.0.2.8"), false);
        }

        await().until(() -> !mail.got.isEmpty());
        notifier.close();

        assertThat(mail.got.stream().mapToLong(Digest::blocks).sum()).isEqualTo(100_001);
        assertThat(log.lines()).containsExactly(
                "WARN 100001 blocks and scans were not told by the hanging webhook: the daemon stops");
        assertThat(notifier.counters().dropped(NotifyChannel.WEBHOOK)).isEqualTo(1);
    }

    @Test
    void news_nobodyWantsIt_isNotGathered() {
        Notifier notifier = notifier(settings(false, true, EnumSet.of(NotifyEvent.SCAN)));
        notifier.blocked(NewsFixture.block("192.0.2.7"), false);
        notifier.close();

        assertThat(mail.got).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void close_rightAfterNews_sendsItYet() {
        Notifier notifier = notifier(settings(false, true, EnumSet.of(NotifyEvent.SCAN)));
        notifier.scanEnded(NewsFixture.scan("192.0.2.7"));
        notifier.distributed(NewsFixture.crowd());
        notifier.close();

        assertThat(mail.got).singleElement().satisfies(digest -> assertThat(digest.scans()).isEqualTo(2));
        assertThat(notifier.counters().sent(NotifyChannel.MAIL)).isEqualTo(1);
    }

    @Test
    void renew_mailIsNew_getsWhatComesThen() {
        Notifier notifier = notifier(TestSettings.NOBODY_IS_TOLD);
        notifier.scanEnded(NewsFixture.scan("192.0.2.7"));
        notifier.renew(settings(false, true, EnumSet.of(NotifyEvent.SCAN)));
        notifier.scanEnded(NewsFixture.scan("192.0.2.8"));
        notifier.close();

        assertThat(mail.got).singleElement()
                .satisfies(digest -> assertThat(digest.firstSource()).isEqualTo("192.0.2.8"));
    }

    @Test
    void notifier_ofTheRealWays_isMadeWithoutAnyOfTheirThreads() {
        Settings.Notify nobody = TestSettings.NOBODY_IS_TOLD;
        Settings.Notify all = new Settings.Notify(Optional.of("https://192.0.2.1/x"),
                settings(false, true, Set.of()).mail(), Optional.of("true"), EnumSet.allOf(NotifyEvent.class),
                Duration.ofMinutes(1), 20, nobody.subject(), nobody.text());

        Set<Thread> before = Thread.getAllStackTraces().keySet();
        new Notifier(all, nowNanos::get).close();

        assertThat(Thread.getAllStackTraces().keySet()).filteredOn(thread -> !before.contains(thread))
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("sentry-notify") || name.startsWith("HttpClient"));
    }
}
