package org.edgesentry.actions.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.edgesentry.actions.LogCapture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a channel delivers, moved by hand. */
class ChannelTest {

    private final LogCapture log = new LogCapture();
    private final FakeTransport receiver = new FakeTransport();
    private final NotifyCounters counters = new NotifyCounters();
    private long nowNanos = NewsFixture.START_NANOS;
    private Channel channel;

    @BeforeEach
    void make() {
        channel = new Channel(NotifyChannel.WEBHOOK, "edge1", () -> nowNanos, counters,
                LogManager.getLogger("edgesentry.alert"), () -> 0.5);
        channel.use(new Channel.Route(receiver, Duration.ofMinutes(1), 20));
    }

    @AfterEach
    void stop() {
        log.close();
    }

    private void block(String source) {
        channel.gathering().add(NewsFixture.block(source), false, nowNanos);
    }

    /** Lets time pass as the thread of the channel would. */
    private void pass(Duration time) {
        long endNanos = nowNanos + time.toNanos();
        while (true) {
            long waitNanos = channel.turn();
            if (waitNanos == Channel.IDLE || nowNanos + waitNanos > endNanos) {
                nowNanos = endNanos;
                return;
            }
            nowNanos += waitNanos;
        }
    }

    private void passSeconds(long seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    @Test
    void turn_withoutNews_waitsForNews() {
        assertThat(channel.turn()).isEqualTo(Channel.IDLE);
        assertThat(receiver.got).isEmpty();
    }

    @Test
    void turn_firstNews_isGatheredForAMoment() {
        block("192.0.2.7");
        passSeconds(4);
        block("192.0.2.8");

        assertThat(receiver.got).isEmpty();
        assertThat(channel.turn()).isEqualTo(Duration.ofSeconds(1).toNanos());

        passSeconds(1);

        assertThat(receiver.got).singleElement().satisfies(digest -> {
            assertThat(digest.blocks()).isEqualTo(2);
            assertThat(digest.sources()).extracting(news -> news.source().toString())
                    .containsExactly("192.0.2.7", "192.0.2.8");
        });
    }

    @Test
    void turn_moreNews_waitsForTheInterval() {
        block("192.0.2.7");
        passSeconds(5);
        block("192.0.2.8");
        passSeconds(59);
        assertThat(receiver.got).hasSize(1);

        passSeconds(1);

        assertThat(receiver.got).hasSize(2);
        assertThat(receiver.got.get(1).sources()).hasSize(1);
    }

    @Test
    void turn_newsAllTheTime_staysWithinTheHourlyCap() {
        List<Integer> byHour = new ArrayList<>();
        for (int hour = 0; hour < 3; hour++) {
            int before = receiver.got.size();
            for (int second = 0; second < 3_600; second++) {
                block("192.0.2.7");
                passSeconds(1);
            }
            byHour.add(receiver.got.size() - before);
        }

        assertThat(byHour).allMatch(count -> count <= 20).first().isEqualTo(20);
        assertThat(receiver.got.stream().mapToLong(Digest::blocks).sum() + channel.gathering().news())
                .isEqualTo(3 * 3_600);
    }

    @Test
    void turn_aFloodOfAMillion_isOneMessageOfBoundedSize() {
        for (int i = 0; i < 1_000_000; i++) {
            block("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255));
        }
        passSeconds(5);

        assertThat(receiver.got).singleElement().satisfies(digest -> {
            assertThat(digest.blocks()).isEqualTo(1_000_000);
            assertThat(digest.sources()).hasSize(50);
            assertThat(digest.unlisted()).isEqualTo(999_950);
            assertThat(DigestJson.bytes(digest, "", DigestText.text("$LIST$", digest))).hasSizeLessThan(40_000);
        });
    }

    @Test
    void turn_receiverIsAway_triesAgainWithGrowingPauses() {
        for (int i = 0; i < 8; i++) {
            receiver.answers.add(Delivery.later("no route"));
        }
        List<Long> secondsOfAttempts = new ArrayList<>();
        block("192.0.2.7");
        for (int second = 0; second < 1_200; second++) {
            int before = receiver.got.size();
            passSeconds(1);
            if (receiver.got.size() > before) {
                secondsOfAttempts.add((long) second);
            }
        }

        assertThat(secondsOfAttempts).containsExactly(4L, 9L, 19L, 39L, 79L, 159L, 319L, 619L, 919L);
        assertThat(receiver.got).extracting(Digest::id).containsOnly(receiver.got.get(0).id());
        assertThat(log.lines()).containsExactly(
                "WARN A notification cannot be delivered by the fake: no route; it is tried again for an hour",
                "INFO Notifications are delivered by the fake again");
        assertThat(counters.failed(NotifyChannel.WEBHOOK)).isEqualTo(8);
        assertThat(counters.sent(NotifyChannel.WEBHOOK)).isEqualTo(1);
    }

    @Test
    void turn_receiverAsksForAPause_getsIt_withinBounds() {
        receiver.answers.add(new Delivery(Delivery.Outcome.LATER, "busy", Duration.ofMinutes(2)));
        receiver.answers.add(new Delivery(Delivery.Outcome.LATER, "busy", Duration.ofDays(1)));
        block("192.0.2.7");
        passSeconds(5 + 119);
        assertThat(receiver.got).hasSize(1);
        passSeconds(1);
        assertThat(receiver.got).hasSize(2);
        passSeconds(1_799);
        assertThat(receiver.got).hasSize(2);

        passSeconds(1);

        assertThat(receiver.got).hasSize(3);
    }

    @Test
    void turn_receiverIsAwayForHours_losesAndCountsOneMessageAnHour() {
        for (int i = 0; i < 1_000; i++) {
            receiver.answers.add(Delivery.later("no route"));
        }
        for (int second = 0; second < 3 * 3_600; second++) {
            block("192.0.2.7");
            passSeconds(1);
        }
        receiver.answers.clear();
        passSeconds(600);

        assertThat(counters.dropped(NotifyChannel.WEBHOOK)).isEqualTo(2);
        assertThat(counters.sent(NotifyChannel.WEBHOOK)).isGreaterThanOrEqualTo(1);
        long lastId = receiver.got.size() - 1;
        Digest late = receiver.got.stream().filter(digest -> digest.lost().messages() == 2).findFirst().orElseThrow();
        assertThat(lastId).isPositive();
        assertThat(late.lost().news()).isBetween(3_600L, 7_400L);
        assertThat(log.lines()).hasSizeLessThan(5);
        assertThat(log.lines().get(1)).startsWith("WARN A notification of ")
                .contains(" blocks and 0 scans could not be delivered within an hour by the fake and is given up");
    }

    @Test
    void turn_receiverRefuses_givesUpAtOnce_andSaysSoInTheNextMessage() {
        receiver.answers.add(Delivery.never("HTTP status 404"));
        block("192.0.2.7");
        passSeconds(5);
        block("192.0.2.8");
        passSeconds(60);

        assertThat(log.lines()).first().isEqualTo("WARN A notification of 1 blocks and 0 scans was refused by the "
                + "fake and is given up: HTTP status 404");
        assertThat(receiver.got).hasSize(2);
        assertThat(receiver.got.get(1).lost()).isEqualTo(new Digest.Lost(1, 1));
        assertThat(DigestText.text("$LIST$", receiver.got.get(1)))
                .endsWith("Before this, 1 messages about 1 blocks and scans could not be delivered.");
        assertThat(counters.dropped(NotifyChannel.WEBHOOK)).isEqualTo(1);
    }

    @Test
    void turn_transportThrows_isAFailureLikeAnyOther() {
        channel.use(new Channel.Route(new Transport() {
            @Override
            public Delivery deliver(Digest digest) {
                throw new NoClassDefFoundError("jakarta/mail/Session");
            }

            @Override
            public String label() {
                return "a broken jar";
            }
        }, Duration.ofMinutes(1), 20));
        block("192.0.2.7");
        passSeconds(6);

        assertThat(log.lines()).singleElement().asString().contains("a broken jar", "jakarta/mail/Session");
    }

    @Test
    void turn_clockStepsBack_doesNotWaitForItToCatchUp() {
        block("192.0.2.7");
        passSeconds(5);
        nowNanos -= TimeUnit.DAYS.toNanos(1);
        block("192.0.2.8");
        passSeconds(5);

        assertThat(receiver.got).hasSize(2);
    }

    @Test
    void use_ofNothing_forgetsWhatWaits() {
        block("192.0.2.7");
        channel.use(new Channel.Route(null, Duration.ofMinutes(1), 20));
        passSeconds(10);
        channel.use(new Channel.Route(receiver, Duration.ofMinutes(1), 20));
        passSeconds(10);

        assertThat(receiver.got).isEmpty();
    }

    @Test
    void use_ofAnotherWay_takesWhatWaitsThere() {
        receiver.answers.add(Delivery.later("no route"));
        block("192.0.2.7");
        passSeconds(5);
        FakeTransport other = new FakeTransport();
        channel.use(new Channel.Route(other, Duration.ofMinutes(1), 20));
        passSeconds(10);

        assertThat(other.got).extracting(Digest::id).containsExactly(receiver.got.get(0).id());
    }

    @Test
    void lastTurn_whatIsGathered_goesOutAtOnce() {
        block("192.0.2.7");
        channel.stop();
        channel.lastTurn();
        channel.sayUntold();

        assertThat(receiver.got).hasSize(1);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void lastTurn_receiverIsAway_saysWhatNobodyWasTold() {
        receiver.answers.add(Delivery.later("no route"));
        block("192.0.2.7");
        channel.gathering().add(NewsFixture.scan("192.0.2.7"), nowNanos);
        channel.stop();
        channel.lastTurn();
        channel.sayUntold();

        assertThat(log.lines()).containsExactly("WARN 2 blocks and scans were not told by the fake: the daemon stops");
        assertThat(counters.dropped(NotifyChannel.WEBHOOK)).isEqualTo(1);
    }
}
