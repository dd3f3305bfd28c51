package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.netty.host.EphemeralRange;
import org.edgesentry.netty.host.HostView;
import org.edgesentry.netty.host.Interfaces;
import org.edgesentry.netty.host.LocalAddresses;
import org.junit.jupiter.api.Test;

class ProtectionNoticeTest {

    private long now = 1_800_000_000_000_000_000L;
    private final List<String> said = new ArrayList<>();
    private final ProtectionNotice notice = new ProtectionNotice(() -> now, host -> said.add(host.protection()));

    @Test
    void take_userComesAndGoes_saysBoth() {
        notice.take(host());
        notice.take(host("198.51.100.7", "2001:db8::7"));
        notice.take(host());
        assertThat(said).containsExactly(
                "Never blocked: own addresses [192.0.2.1], default gateways [192.0.2.254], resolvers [192.0.2.53], "
                        + "logged-in users at []",
                "Never blocked: own addresses [192.0.2.1], default gateways [192.0.2.254], resolvers [192.0.2.53], "
                        + "logged-in users at [198.51.100.7, 2001:db8::7]",
                said.get(0));
    }

    @Test
    void take_nobodyIsAtAll_isSaidOnce() {
        HostView nothing = new HostView(new LocalAddresses(List.of(), List.of()), List.of(), List.of(), List.of(),
                new Interfaces(List.of()));
        notice.take(new HostFacts(nothing, EphemeralRange.LINUX_DEFAULT));
        notice.take(new HostFacts(nothing, EphemeralRange.LINUX_DEFAULT));
        notice.sayWhatIsOwed();
        assertThat(said).hasSize(1);
    }

    @Test
    void take_usersComeAndGoAllDay_fillsNoLogAndEndsRight() {
        notice.take(host());
        for (int second = 0; second < 86_400; second += 2) {
            now += TimeUnit.SECONDS.toNanos(2);
            notice.take(host("198.51.100." + (1 + second % 200)));
        }
        assertThat(said).hasSizeBetween(1_440, 1_440 + Limits.PROTECTION_LINES_BURST);

        notice.take(host("203.0.113.9"));
        for (int minute = 0; minute < 2; minute++) {
            now += TimeUnit.MINUTES.toNanos(1);
            notice.sayWhatIsOwed();
        }
        assertThat(said).last().asString().endsWith("logged-in users at [203.0.113.9]");
        int lines = said.size();
        now += TimeUnit.HOURS.toNanos(1);
        notice.sayWhatIsOwed();
        assertThat(said).hasSize(lines);
    }

    @Test
    void take_moreUsersThanALineHolds_countsTheRest() {
        notice.take(host(IntStream.range(0, Limits.SESSIONS_SHOWN + 3).mapToObj(i -> "198.51.100." + i)
                .toArray(String[]::new)));
        assertThat(said).singleElement().asString().endsWith("198.51.100." + (Limits.SESSIONS_SHOWN - 1)
                + " and 3 more]");
    }

    private static HostFacts host(String... users) {
        return new HostFacts(new HostView(new LocalAddresses(addresses("192.0.2.1"), List.of()),
                addresses("192.0.2.254"), addresses("192.0.2.53"), addresses(users), new Interfaces(List.of())),
                EphemeralRange.LINUX_DEFAULT);
    }

    private static List<Cidr> addresses(String... texts) {
        return List.of(texts).stream().map(CidrParser::parse).toList();
    }
}
