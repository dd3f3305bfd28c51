package org.edgesentry.netty.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.netty.host.Interfaces.Interface;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostWatchTest {

    private static final HostView BEFORE = view("192.0.2.1");
    private static final HostView AFTER = view("192.0.2.2");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ScriptedSignal signal = new ScriptedSignal();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();
    private final List<HostView> told = new CopyOnWriteArrayList<>();
    private volatile HostView there = BEFORE;
    private volatile List<Cidr> users = List.of();
    private volatile boolean filesFail;
    private HostWatch watch;

    @AfterEach
    void close() {
        watch.close();
        assertThat(signal.isClosed).isTrue();
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(one -> one.getName().equals("sentry-host"));
    }

    @Test
    void begin_changedSinceTheFirstReading_isToldAtOnce() {
        there = AFTER;
        begin(told::add);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told).containsExactly(AFTER));
    }

    @Test
    void signal_nothingDiffers_tellsNothing() {
        begin(told::add);
        signal.change();
        signal.change();
        await().atMost(PATIENCE).until(() -> looks.get() >= 3);
        assertThat(told).isEmpty();
    }

    @Test
    void signal_addressDiffers_isTold() {
        begin(told::add);
        there = AFTER;
        signal.change();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told).containsExactly(AFTER));
    }

    @Test
    void signal_lookTakesLong_restsLongerButNeverTooLong() {
        begin(told::add);
        signal.change();
        await().atMost(PATIENCE).until(() -> looks.get() >= 2);
        nanosOfLook = TimeUnit.MILLISECONDS.toNanos(4);
        signal.change();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(signal.pauses).contains(200));
        nanosOfLook = TimeUnit.SECONDS.toNanos(30);
        signal.change();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(signal.pauses).contains(1_200));
        nanosOfLook = -TimeUnit.SECONDS.toNanos(30);
        signal.change();
        await().atMost(PATIENCE).until(() -> looks.get() >= 5);
        assertThat(signal.pauses).allMatch(millis -> millis >= 0 && millis <= 1_200);
    }

    @Test
    void listener_throws_watchGoesOn() {
        begin(view -> {
            told.add(view);
            throw new IllegalStateException("listener");
        });
        there = AFTER;
        signal.change();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told).containsExactly(AFTER));
        there = BEFORE;
        signal.change();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told).containsExactly(AFTER, BEFORE));
    }

    @Test
    void signal_fails_looksRegularly() {
        begin(told::add);
        signal.fail();
        await().atMost(PATIENCE).until(() -> signal.isClosed);
        there = AFTER;
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told).containsExactly(AFTER));
    }

    /** Nothing of the kernel's tells of these: the signal's silence is what there is. */
    @Test
    void silence_usersComeAndGo_areTold() {
        begin(told::add);
        users = List.of(CidrParser.parse("198.51.100.7"));
        signal.silence();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told).extracting(HostView::sessions)
                .containsExactly(users));
        assertThat(told.get(0).neverBlocked()).containsAll(users).containsAll(BEFORE.own());
        assertThat(told.get(0).dependedOn()).isEqualTo(users);

        users = List.of();
        signal.silence();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told).hasSize(2));
        assertThat(told.get(1)).isEqualTo(BEFORE);
    }

    @Test
    void silence_sameUsers_tellsNothing() {
        users = List.of(CidrParser.parse("198.51.100.7"));
        begin(told::add);
        signal.silence();
        await().atMost(PATIENCE).until(() -> told.size() == 1);
        signal.silence();
        signal.silence();
        signal.change();
        await().atMost(PATIENCE).until(() -> told.contains(BEFORE));
        assertThat(told).hasSize(2);
    }

    @Test
    void silence_lookAtFilesFails_watchGoesOn() {
        begin(told::add);
        filesFail = true;
        signal.silence();
        there = AFTER;
        signal.change();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told).containsExactly(AFTER));
    }

    private volatile long nanosOfLook;

    private void begin(Consumer<HostView> listener) {
        watch = new HostWatch(signal, BEFORE, nanos::get, this::look, this::lookAtFiles, listener);
        watch.begin();
    }

    private HostView look(HostView known) {
        looks.incrementAndGet();
        nanos.addAndGet(nanosOfLook);
        return there;
    }

    private HostView lookAtFiles(HostView known) {
        if (filesFail) {
            throw new IllegalStateException("scripted");
        }
        return new HostView(known.local(), known.gateways(), known.resolvers(), users, known.interfaces());
    }

    private static HostView view(String address) {
        Cidr own = CidrParser.parse(address);
        return new HostView(new LocalAddresses(List.of(own), List.of()), List.of(), List.of(), List.of(),
                new Interfaces(List.of(new Interface("lo", 1))));
    }

    /** Says what the test puts into its queue. */
    private static final class ScriptedSignal implements ChangeSignal {

        private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
        private final List<Integer> pauses = new CopyOnWriteArrayList<>();
        private volatile boolean isClosed;

        void change() {
            said.add("change");
        }

        void silence() {
            said.add("silence");
        }

        void fail() {
            said.add("fail");
        }

        @Override
        public boolean await() throws IOException {
            try {
                String word = said.take();
                if (word.equals("fail")) {
                    throw new IOException("scripted");
                }
                return word.equals("change");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void pause(int millis) {
            pauses.add(millis);
        }

        @Override
        public void forget() {
            // Nothing is remembered.
        }

        @Override
        public void wake() {
            said.add("wake");
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
