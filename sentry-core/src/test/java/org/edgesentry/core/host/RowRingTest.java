package org.edgesentry.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RowRingTest {

    private static final int ROWS = 200;

    private final RowRing ring = new RowRing(ROWS);

    /** As the host table does. */
    private int add() {
        int row = ring.advance();
        if (ring.isTaken(row)) {
            ring.release(row);
        }
        ring.take(row);
        return row;
    }

    private void fill() {
        for (int i = 0; i < ROWS; i++) {
            add();
        }
    }

    private List<Integer> newestFirst() {
        List<Integer> rows = new ArrayList<>();
        for (int row = ring.newest(); row != RowRing.NONE; row = ring.older(row)) {
            rows.add(row);
        }
        return rows;
    }

    private List<Integer> ascending() {
        List<Integer> rows = new ArrayList<>();
        for (int row = ring.newcomerFrom(0); row != RowRing.NONE; row = ring.newcomerFrom(row + 1)) {
            rows.add(row);
        }
        return rows;
    }

    @Test
    void advance_full_takesTheRowThatWasGivenOutFirst() {
        fill();
        for (int i = 0; i < 3 * ROWS; i++) {
            assertThat(ring.next(ring.hand())).isEqualTo(i % ROWS);
            assertThat(add()).isEqualTo(i % ROWS);
        }
    }

    @Test
    void advance_fullButForHostsWithSlots_passesThemBy() {
        fill();
        for (int row = 0; row < ROWS - 1; row++) {
            ring.seat(row);
        }
        assertThat(add()).isEqualTo(ROWS - 1);
        assertThat(add()).isEqualTo(ROWS - 1);
        ring.seat(ROWS - 1);
        assertThat(ring.advance()).isEqualTo(RowRing.NONE);
    }

    @Test
    void advance_someHaveGoneAgain_usesTheirRowsAndSparesTheLiving() {
        fill();
        for (int row = 0; row < ROWS; row += 2) {
            ring.release(row);
        }
        for (int i = 0; i < ROWS / 3; i++) {
            assertThat(ring.isTaken(ring.advance())).isFalse();
        }
    }

    /** A quiet machine's hosts come and go for months. */
    @Test
    void advance_fewLive_fewRowsAreUsed() {
        List<Integer> living = new ArrayList<>();
        for (int i = 0; i < 100 * ROWS; i++) {
            int row = add();
            assertThat(row).isLessThan(ROWS / 4);
            living.add(row);
            if (living.size() > ROWS / 8) {
                ring.release(living.remove(0));
            }
        }
    }

    @Test
    void newestFirst_roundAndRound_isTheOrderOfComing() {
        List<Integer> came = new ArrayList<>();
        for (int i = 0; i < 3 * ROWS; i++) {
            came.add(0, add());
            List<Integer> expected = came.subList(0, Math.min(came.size(), ROWS));
            assertThat(newestFirst()).isEqualTo(expected);
        }
    }

    @Test
    void order_manyAddedSeatedAndReleasedAtRandom_hasEachNewcomerOnce() {
        Random random = new Random(42);
        TreeSet<Integer> newcomers = new TreeSet<>();
        TreeSet<Integer> seated = new TreeSet<>();
        for (int i = 0; i < 2_000; i++) {
            int row = random.nextInt(ROWS);
            if (random.nextInt(3) > 0) {
                newcomers.add(add());
            } else if (newcomers.contains(row) && seated.size() < ROWS / 2) {
                ring.seat(row);
                newcomers.remove(row);
                seated.add(row);
            } else if (newcomers.remove(row) || seated.remove(row)) {
                ring.release(row);
            }
            assertThat(ring.size()).isEqualTo(newcomers.size() + seated.size());
            assertThat(ascending()).isEqualTo(List.copyOf(newcomers));
            assertThat(newestFirst()).containsExactlyInAnyOrderElementsOf(newcomers);
        }
    }
}
