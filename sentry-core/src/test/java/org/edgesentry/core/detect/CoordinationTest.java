package org.edgesentry.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.edgesentry.core.hash.AddressHashes;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.DistributedScan;
import org.edgesentry.core.probe.Probes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinationTest {

    private static final long MILLISECOND = 1_000_000;
    private static final int HOME = 0xC000_0200;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Random random = new Random(11);
    private final List<DistributedScan> found = new ArrayList<>();
    private Coordination coordination = new Coordination(new AddressHashes(new SipHash(1, 2)));
    private long now = Probes.NOON;

    /** What a botnet does to two /16 networks: 1,240 sources in three seconds, nineteen of twenty come once. */
    @Test
    void note_ofABotnetOnOnePort_isOneScan() {
        int[] sources = random.ints(1_240).toArray();
        for (int i = 0; i < 1_500; i++) {
            note(sources[i % sources.length], 0x8003_0000 + random.nextInt(65_536), 23);
            now += 2 * MILLISECOND;
        }
        end();

        assertThat(found).hasSize(1);
        DistributedScan scan = found.get(0);
        assertThat(scan.protocol()).isEqualTo(IpProtocol.TCP);
        assertThat(scan.port()).isEqualTo(23);
        assertThat(scan.targetLo()).isZero();
        assertThat(scan.sources()).isCloseTo(1_240, Percentage.withPercentage(10));
        assertThat(scan.hosts()).isCloseTo(1_480, Percentage.withPercentage(10));
        assertThat(scan.ports()).isEqualTo(1);
        assertThat(scan.contacts()).isCloseTo(1_490, Percentage.withPercentage(2));
        assertThat(scan.firstNanos()).isBetween(Probes.NOON, Probes.NOON + Probes.SECOND);
        assertThat(scan.lastNanos()).isEqualTo(now - 2 * MILLISECOND);
        assertThat(scan.prefixes()).isEmpty();
    }

    @Test
    void note_ofPortsSharedOutAmongSources_isOneScanOfTheHost() {
        for (int port = 1; port <= 200; port++) {
            note(0xC633_6400 + port % 60, HOME + 7, port);
            now += 20 * MILLISECOND;
        }
        end();

        assertThat(found).hasSize(1);
        DistributedScan scan = found.get(0);
        assertThat(scan.port()).isZero();
        assertThat(scan.targetLo()).isEqualTo(HOME + 7 & 0xFFFF_FFFFL);
        assertThat(scan.hosts()).isEqualTo(1);
        assertThat(scan.ports()).isCloseTo(194, Percentage.withPercentage(5));
        assertThat(scan.sources()).isCloseTo(60, Percentage.withPercentage(5));
        assertThat(scan.prefixes()).containsExactly(CidrParser.parse("198.51.100.0/24"));
    }

    @Test
    void note_ofNeighboursWhoShareAHostSlowly_isOneScan() {
        for (int port = 1; port <= 48; port++) {
            note(0xC633_6400 + port, HOME + 7, port);
            now += 60 * Probes.SECOND;
        }
        end();

        assertThat(found).hasSize(1);
        assertThat(found.get(0).targetLo()).isEqualTo(HOME + 7 & 0xFFFF_FFFFL);
        assertThat(found.get(0).prefixes()).containsExactly(CidrParser.parse("198.51.100.0/24"));
    }

    /** Loud scans are found twice, by their host and by their neighbours; that must not end the end too soon. */
    @ParameterizedTest
    @ValueSource(ints = {30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40})
    void atEnd_slowScanBesideLoudOnes_isReportedAsWithoutThem(int contacts) {
        List<DistributedScan> alone = List.copyOf(slowScan(contacts, 0));
        found.clear();
        coordination = new Coordination(new AddressHashes(new SipHash(1, 2)));
        assertThat(slowScan(contacts, 48)).filteredOn(scan -> scan.targetLo() == (HOME + 9 & 0xFFFF_FFFFL))
                .hasSameSizeAs(alone);
    }

    private List<DistributedScan> slowScan(int contacts, int loudContacts) {
        for (int i = 0; i < contacts; i++) {
            now += 60 * Probes.SECOND;
            note(0xCB00_7100 + i, HOME + 9, 1_000 + i);
        }
        for (int i = 0; i < loudContacts * 4; i++) {
            note(0xC633_6400 + i / 4, HOME + 40 + i % 4, 1_000 + i / 4);
        }
        end();
        return found;
    }

    @Test
    void note_ofIpv6Sources_namesTheirNetwork() {
        for (int i = 0; i < 200; i++) {
            keep(coordination.note(IpProtocol.TCP, 22, AddressFamily.IPV6, 0x2001_0db8_0000_0000L, i,
                    0x2001_0db9_0001_0000L + i, random.nextLong(), now));
            now += 10 * MILLISECOND;
        }
        end();

        assertThat(found).hasSize(1);
        assertThat(found.get(0).prefixes()).containsExactly(CidrParser.parse("2001:db9:1::/48"));
    }

    @Test
    void note_ofFortySourcesAndHosts_isEnough() {
        for (int i = 0; i < 40; i++) {
            note(random.nextInt(), HOME + i, 3389);
            now += 10 * Probes.SECOND;
        }
        end();

        assertThat(found).hasSize(1);
    }

    @Test
    void note_ofTwentySixSources_isTooLittle() {
        for (int i = 0; i < 300; i++) {
            note(0xC633_6400 + i % 26, HOME + i % 200, 3389);
            now += 10 * MILLISECOND;
        }
        end();

        assertThat(found).isEmpty();
    }

    @Test
    void note_ofALoudScannerAmidAFewOthers_isNoScanOfMany() {
        for (int host = 0; host < 20_000; host++) {
            note(0xC633_6407, 0x8003_0000 + host, 23);
            if (host % 400 == 0) {
                note(random.nextInt(), 0x8003_0000 + host % 10, 23);
            }
            now += MILLISECOND;
        }
        end();

        assertThat(found).isEmpty();
    }

    @Test
    void note_ofASynFloodOnOnePort_isNoScan() {
        for (int i = 0; i < 1_000_000; i++) {
            note(random.nextInt(), HOME + 7, 80);
            if (i % 50_000 == 0) {
                note(random.nextInt(), HOME + random.nextInt(256), 80);
            }
            now += MILLISECOND / 100;
        }
        end();

        assertThat(found).isEmpty();
    }

    @Test
    void note_ofAFloodOnAllPortsOfAHost_isNoScan() {
        for (int i = 0; i < 1_000_000; i++) {
            note(random.nextInt(), HOME + 7, random.nextInt(65_536));
            now += MILLISECOND / 100;
        }
        end();

        assertThat(found).isEmpty();
    }

    @Test
    void note_ofAScanDuringAFloodOnOneHost_findsIt() {
        for (int i = 0; i < 1_000_000; i++) {
            note(random.nextInt(), HOME + 7, random.nextInt(65_536));
            if (i % 1_000 == 0) {
                note(random.nextInt(), HOME + random.nextInt(256), 23);
            }
            now += MILLISECOND / 100;
        }
        end();

        assertThat(found).extracting(DistributedScan::port).containsExactly(23);
    }

    @Test
    void note_ofAScanDuringAFloodOnEverything_findsIt() {
        for (int i = 0; i < 1_000_000; i++) {
            note(random.nextInt(), 0x8003_0000 + random.nextInt(65_536), random.nextInt(65_536));
            if (i % 200 == 0) {
                note(random.nextInt(), 0x8003_0000 + random.nextInt(65_536), 23);
            }
            now += MILLISECOND / 100;
        }
        end();

        assertThat(found).extracting(DistributedScan::port).containsExactly(23);
    }

    @Test
    void note_ofAFloodOnAllPortsOfANetwork_isNoScan() {
        for (int i = 0; i < 2_000_000; i++) {
            note(random.nextInt(), HOME + random.nextInt(256), random.nextInt(65_536));
            now += MILLISECOND / 100;
        }
        end();

        assertThat(found).isEmpty();
    }

    @Test
    void note_ofAFloodOnOnePortOfANetwork_isNoScan() {
        for (int i = 0; i < 1_000_000; i++) {
            note(random.nextInt(), HOME + random.nextInt(256), 80);
            now += MILLISECOND / 100;
        }
        end();

        assertThat(found).isEmpty();
    }

    /** From a quiet host, six contacts an hour, to a busy one, 10,000 a day; half of them to the same few ports. */
    @ParameterizedTest
    @ValueSource(ints = {600, 60, 9})
    void note_ofBackgroundNoiseAtOneHost_isNoScan(int meanSeconds) {
        int[] popular = {22, 23, 80, 443, 445, 3389, 5060, 8080};
        for (long end = now + 259_200 * Probes.SECOND; now < end;) {
            int port = random.nextBoolean() ? popular[random.nextInt(popular.length)] : random.nextInt(65_536);
            note(random.nextInt(), HOME + 7, port);
            now += (long) (-Math.log(1 - random.nextDouble()) * meanSeconds * Probes.SECOND);
        }
        end();

        assertThat(found).isEmpty();
    }

    @Test
    void note_ofAServiceThatIsDown_isNoScan() {
        for (int i = 0; i < 100_000; i++) {
            note(random.nextInt(), HOME + random.nextInt(4), 443);
            now += 10 * MILLISECOND;
        }
        end();

        assertThat(found).isEmpty();
    }

    @Test
    void note_ofAScanThatGoesOn_saysSoOnceAndWhenItHasGrownTenfold() {
        scan(5_000, 20);

        assertThat(found).hasSize(2);
        assertThat(found.get(1).sources()).isGreaterThanOrEqualTo(found.get(0).sources() * 9);
    }

    @Test
    void note_ofAScanThatGoesOnForHours_saysSoOnceAnHour() {
        scan(10_800, 1_000);

        assertThat(found.size()).isBetween(3, 6);
    }

    @Test
    void due_afterTheLastContact_givesWhatWasFound() {
        for (int i = 0; i < 100; i++) {
            note(random.nextInt(), HOME + i, 23);
            now += MILLISECOND;
        }
        assertThat(found).isEmpty();

        keep(coordination.due(now + 6 * Probes.SECOND));
        assertThat(found).hasSize(1);
        assertThat(coordination.atEnd()).isNull();
    }

    @Test
    void note_whenTheClockStepsBack_findsTheScan() {
        for (int i = 0; i < 200; i++) {
            note(random.nextInt(), HOME + i, 23);
            now += i == 100 ? -60 * Probes.SECOND : 100 * MILLISECOND;
        }
        end();

        assertThat(found).hasSize(1);
    }

    /** A capture that is stored newest first. */
    @Test
    void note_whenTheClockRunsBackwards_findsTheScan() {
        for (int i = 0; i < 200; i++) {
            note(random.nextInt(), HOME + i, 23);
            now -= 100 * MILLISECOND;
        }
        end();

        assertThat(found).hasSize(1);
    }

    @Test
    void note_onTheSameInput_saysTheSame() {
        scan(2_000, 10);
        List<DistributedScan> before = List.copyOf(found);
        found.clear();
        coordination = new Coordination(new AddressHashes(new SipHash(1, 2)));
        random.setSeed(11);
        now = Probes.NOON;
        scan(2_000, 10);

        assertThat(found).isEqualTo(before);
    }

    @Test
    void make_ofAll_takesLessThanTwoMegabytes() {
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        coordination = new Coordination(new AddressHashes(new SipHash(1, 2)));
        long after = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());

        assertThat(after - before).isLessThan(2_000_000);
    }

    @Test
    void note_inAFlood_allocatesNothing() {
        flood();

        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        long between = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        flood();
        long after = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());

        assertThat(after - between - (between - before)).isZero();
    }

    private void flood() {
        for (int i = 0; i < 300_000; i++) {
            note(random.nextInt(), HOME + 7, random.nextInt(65_536));
            now += MILLISECOND / 100;
        }
    }

    private void scan(int contacts, long gapMillis) {
        for (int i = 0; i < contacts; i++) {
            note(random.nextInt(), HOME + random.nextInt(256), 23);
            now += gapMillis * MILLISECOND;
        }
        end();
    }

    private void note(int source, int target, int port) {
        keep(coordination.note(IpProtocol.TCP, port, AddressFamily.IPV4, 0, target & 0xFFFF_FFFFL, 0,
                source & 0xFFFF_FFFFL, now));
    }

    private void end() {
        for (DistributedScan scan = coordination.atEnd(); scan != null; scan = coordination.atEnd()) {
            found.add(scan);
        }
    }

    private void keep(DistributedScan scan) {
        if (scan != null) {
            found.add(scan);
        }
    }
}
