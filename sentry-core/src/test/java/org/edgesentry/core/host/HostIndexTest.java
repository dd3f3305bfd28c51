package org.edgesentry.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostIndexTest {

    private static final int HOSTS = 256;

    /** More than are ever taken, so that nobody has to go. */
    private static final int ROWS = 2 * HOSTS;

    private final HostRows rows = new HostRows(ROWS);
    private final RowRing ring = new RowRing(ROWS);
    private final HostIndex index = new HostIndex(rows, ring, HOSTS);

    private int add(long address, long hash) {
        int row = ring.advance();
        ring.take(row);
        rows.open(row);
        rows.set(row, HostRows.ADDRESS_HI, 0);
        rows.set(row, HostRows.ADDRESS_LO, address);
        rows.set(row, HostRows.HASH_AND_HITS, hash << Integer.SIZE);
        index.add(row);
        return row;
    }

    private void remove(int row) {
        index.remove(row);
        ring.release(row);
    }

    private int find(long address, long hash) {
        return index.find(hash, 0, address);
    }

    /** The worst that can be: nobody outside can bring it about, since the hash is keyed. */
    @Test
    void find_hostsThatAllHaveOneHash_findsEachOfThem() {
        for (int address = 0; address < HOSTS; address++) {
            assertThat(add(address, 7)).isEqualTo(address);
        }
        assertThat(find(HOSTS, 7)).isEqualTo(HostRows.NONE);
        for (int row = 0; row < HOSTS; row += 2) {
            remove(row);
        }
        for (int address = 0; address < HOSTS; address++) {
            assertThat(find(address, 7)).isEqualTo(address % 2 == 0 ? HostRows.NONE : address);
        }
    }

    @Test
    void find_afterAddingAndRemovingAtRandom_agreesWithAMap() {
        Random random = new Random(42);
        Map<Long, Integer> expected = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            long address = random.nextInt(2 * HOSTS);
            // Few hashes, so that buckets overflow, and into each other.
            long hash = address % 11 << 2;
            Integer known = expected.get(address);
            assertThat(find(address, hash)).isEqualTo(known == null ? HostRows.NONE : known);
            if (known != null) {
                remove(expected.remove(address));
            } else if (expected.size() < HOSTS) {
                expected.put(address, add(address, hash));
            }
        }
    }

    @Test
    void guess_whoIsThere_isRightAndOfOthersNoHarm() {
        for (int address = 0; address < HOSTS / 2; address++) {
            add(address, spread(address));
        }
        int right = 0;
        for (int address = 0; address < HOSTS; address++) {
            int guess = index.guess(spread(address));
            assertThat(guess).isBetween(HostRows.NONE, ring.used() - 1);
            right += guess == find(address, spread(address)) ? 1 : 0;
        }
        assertThat(right).isGreaterThan(HOSTS * 9 / 10);
    }

    @Test
    void makeRoom_hostsAreMoreThanTheBucketsAreFor_eachIsFoundAsBefore() {
        int most = 100_000;
        HostRows many = new HostRows(most);
        RowRing all = new RowRing(most);
        HostIndex growing = new HostIndex(many, all, most);
        for (int address = 0; address < most; address++) {
            int row = all.advance();
            growing.makeRoom();
            many.open(row);
            many.set(row, HostRows.ADDRESS_LO, address);
            many.set(row, HostRows.HASH_AND_HITS, spread(address) << Integer.SIZE);
            growing.add(row);
            all.take(row);
        }
        for (int address = 0; address < most; address++) {
            int row = growing.find(spread(address), 0, address);
            assertThat(many.get(row, HostRows.ADDRESS_LO)).isEqualTo(address);
        }
        assertThat(growing.find(spread(most), 0, most)).isEqualTo(HostRows.NONE);
    }

    private static long spread(long address) {
        return (address + 1) * 0x9E37_79B9_7F4A_7C15L >>> 16;
    }
}
