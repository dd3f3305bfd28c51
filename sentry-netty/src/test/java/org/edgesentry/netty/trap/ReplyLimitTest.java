package org.edgesentry.netty.trap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.AddressFamily;
import org.junit.jupiter.api.Test;

class ReplyLimitTest {

    private static final long NOW = TimeUnit.DAYS.toNanos(20_000);
    private static final long HI = 0x2001_0db8_0000_0000L;

    private final ReplyLimit limit = new ReplyLimit();

    @Test
    void tryTake_bySameSource_threeAtOnceThenOneAMinute() {
        assertThat(repliesTo(1, 10, NOW)).isEqualTo(3);
        assertThat(repliesTo(1, 10, NOW + TimeUnit.SECONDS.toNanos(59))).isZero();
        assertThat(repliesTo(1, 10, NOW + TimeUnit.SECONDS.toNanos(60))).isEqualTo(1);
    }

    @Test
    void tryTake_byAddressesOfOneIpv6Network_countsThemAsOne() {
        long replies = IntStream.range(0, 100)
                .filter(host -> limit.tryTake(AddressFamily.IPV6, HI, host, NOW)).count();

        assertThat(replies).isEqualTo(3);
    }

    @Test
    void tryTake_byManyForgedSources_keepsToTheBoundOnAll() {
        long replies = IntStream.range(0, 100_000)
                .filter(source -> limit.tryTake(AddressFamily.IPV4, 0, source, NOW)).count();

        assertThat(replies).isEqualTo(Limits.UDP_REPLIES_PER_MINUTE);
    }

    private long repliesTo(long source, int probes, long epochNanos) {
        return IntStream.range(0, probes)
                .filter(probe -> limit.tryTake(AddressFamily.IPV4, 0, source, epochNanos)).count();
    }
}
