package org.edgesentry.core.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.AddressText;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PortSet;

/** Settings that the parser could have given, from a seed. */
final class RandomSettings {

    private static final String TEXT = "aZ09 \t#='|&;<>%\\/-.,:*äß日😀";

    private final Random random;

    RandomSettings(long seed) {
        this.random = new Random(seed);
    }

    Settings next() {
        return new Settings(traps(),
                new Settings.Advanced(port(), port(), ports(), ports()),
                new Settings.Files(maybe(() -> path("ignore")), maybe(() -> path("history")),
                        maybe(() -> path("blocked")), path("state"), maybe(() -> path("events"))),
                new Settings.Response(oneOf(ResponseMode.class), oneOf(ResponseMode.class), Optional.of(text()),
                        maybe(this::text), maybe(this::text), random.nextBoolean()),
                blocking(),
                new Settings.Detection(random.nextInt(65_536), seconds(1), networks(), random.nextBoolean()),
                notification(),
                new Settings.Service(path("socket"), maybe(() -> new Settings.HostPort(host(), port())),
                        maybe(() -> oneOf(PipelineLayout.class))));
    }

    private Settings.Traps traps() {
        Optional<String> banner = maybe(this::text);
        TrapResponse answer = oneOf(TrapResponse.class);
        return new Settings.Traps(ports(), ports(), banner,
                answer == TrapResponse.BANNER && banner.isEmpty() ? TrapResponse.CLOSE : answer, oneOf(Switch.class));
    }

    private Settings.Blocking blocking() {
        Duration time = seconds(0);
        return new Settings.Blocking(oneOf(BlockMethod.class), time, 1 + random.nextInt(100),
                time.plus(Duration.ofDays(1)), 32 + random.nextInt(97), 1 + random.nextInt(1_000_000),
                1 + random.nextInt(10_000_000), random.nextBoolean(), oneOf(Switch.class), random.nextBoolean(),
                random.nextBoolean());
    }

    private Settings.Notify notification() {
        boolean mails = random.nextBoolean();
        boolean user = mails && random.nextBoolean();
        Settings.Mail mail = new Settings.Mail(mails ? List.of("root", "a.b+c@example.com") : List.of(),
                mails ? maybe(() -> "me@" + port() + ".example") : Optional.empty(),
                new Settings.SmtpServer(mails && random.nextBoolean(),
                        new Settings.HostPort(mails ? host() : "127.0.0.1", mails ? port() : 25)),
                user ? Optional.of("x" + random.nextInt()) : Optional.empty(),
                user ? Optional.of(path("password")) : Optional.empty());
        Set<NotifyEvent> on = random.nextBoolean() ? Set.of(oneOf(NotifyEvent.class))
                : Set.of(NotifyEvent.BLOCK, NotifyEvent.SCAN);
        return new Settings.Notify(maybe(() -> "https://h" + port() + ".example:" + port() + "/x?y=%2F&z"), mail,
                maybe(this::text), on, seconds(1), 1 + random.nextInt(3_600), text(), text());
    }

    private Duration seconds(int min) {
        int[] units = {1, 60, 3_600, 86_400};
        return Duration.ofSeconds((long) (min + random.nextInt(3_600)) * units[random.nextInt(units.length)]);
    }

    private PortSet ports() {
        BitSet ports = new BitSet();
        for (int i = random.nextInt(20); i > 0; i--) {
            int from = port();
            ports.set(from, Math.min(65_536, from + 1 + random.nextInt(4)));
        }
        return PortSet.of(ports);
    }

    private int port() {
        return 1 + random.nextInt(65_535);
    }

    private List<Cidr> networks() {
        List<Cidr> networks = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            networks.add(random.nextBoolean()
                    ? new Cidr(AddressFamily.IPV4, 0, random.nextInt() & 0xFFFF_FFFFL, random.nextInt(33))
                    : new Cidr(AddressFamily.IPV6, random.nextLong(), random.nextLong(), random.nextInt(129)));
        }
        return networks;
    }

    private String host() {
        return random.nextBoolean()
                ? AddressText.format(AddressFamily.IPV4, 0, random.nextInt() & 0xFFFF_FFFFL)
                : AddressText.format(AddressFamily.IPV6, random.nextLong(), random.nextLong());
    }

    private Path path(String name) {
        return Path.of("/var/" + random.nextInt(100) + " x/" + name);
    }

    private String text() {
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(30); i > 0; i--) {
            text.appendCodePoint(TEXT.codePoints().skip(random.nextInt(TEXT.codePointCount(0, TEXT.length())))
                    .findFirst().orElseThrow());
        }
        return text + "$TARGET$";
    }

    private <E extends Enum<E>> E oneOf(Class<E> constants) {
        E[] all = constants.getEnumConstants();
        return all[random.nextInt(all.length)];
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }
}
