package org.edgesentry.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.edgesentry.core.hash.SipHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SketchPoolTest {

    private static final SipHash HASH = new SipHash(1, 2);

    /** Three standard errors each, and the paper's known bias of 1 or 2 % around 2.5 times the registers. */
    @ParameterizedTest
    @CsvSource({
        "10, 10, 10", "10, 100, 5", "10, 1000, 10", "10, 3000, 12", "10, 10000, 10", "10, 100000, 10",
        "10, 1000000, 10", "14, 10, 1", "14, 1000, 2", "14, 40000, 4", "14, 100000, 3", "14, 1000000, 3"})
    void estimate_ofDistinctHashes_isNearTheTruth(int precision, int distinct, int percent) {
        for (int run = 0; run < 5; run++) {
            DistinctSketch sketch = new DistinctSketch(precision);
            for (int i = 0; i < distinct; i++) {
                sketch.add(HASH.hash(run, i));
            }

            assertThat(sketch.estimate()).isCloseTo(distinct, Percentage.withPercentage(percent));
        }
    }

    @Test
    void estimate_ofRepeats_countsThemOnce() {
        DistinctSketch sketch = new DistinctSketch(10);
        for (int i = 0; i < 100_000; i++) {
            sketch.add(HASH.hash(0, i % 40));
        }

        assertThat(sketch.estimate()).isCloseTo(40, within(2L));
    }

    @Test
    void estimate_ofNothing_isZero() {
        assertThat(new DistinctSketch(10).estimate()).isZero();
    }

    @Test
    void add_ofHostileHashes_neverFails() {
        DistinctSketch sketch = new DistinctSketch(4);
        for (int bit = 0; bit < Long.SIZE; bit++) {
            sketch.add(1L << bit);
            sketch.add(-1L << bit);
        }
        sketch.add(0);
        sketch.add(-1);

        assertThat(sketch.estimate()).isPositive();
    }

    @Test
    void add_ofWhatIsKnown_changesNothing() {
        DistinctSketch sketch = new DistinctSketch(10);

        assertThat(sketch.add(HASH.hash(0, 1))).isTrue();
        assertThat(sketch.add(HASH.hash(0, 1))).isFalse();
    }

    @Test
    void add_toOneOfMany_leavesTheOthers() {
        SketchPool pool = new SketchPool(3, 10);
        int first = pool.take();
        int second = pool.take();
        for (int i = 0; i < 1_000; i++) {
            pool.add(second, HASH.hash(0, i));
        }

        assertThat(pool.estimate(first)).isZero();
        assertThat(pool.estimate(second)).isCloseTo(1_000, Percentage.withPercentage(10));
    }

    @Test
    void take_ofMoreThanThereAre_givesNone() {
        SketchPool pool = new SketchPool(1, 4);
        int only = pool.take();

        assertThat(pool.take()).isEqualTo(SketchPool.NONE);

        pool.add(only, 1);
        pool.release(only);
        assertThat(pool.take()).isEqualTo(only);
        assertThat(pool.estimate(only)).isZero();
    }

    @Test
    void make_withAnImpossiblePrecision_isRefused() {
        assertThatThrownBy(() -> new SketchPool(1, 17)).isInstanceOf(IllegalArgumentException.class);
    }
}
