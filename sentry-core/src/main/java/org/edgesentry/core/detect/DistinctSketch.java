package org.edgesentry.core.detect;

/**
 * One count of distinct things in constant memory: a {@link SketchPool} of one.
 *
 * <p>Thread: one only; allocates nothing once made.
 */
public final class DistinctSketch {

    private final SketchPool pool;

    /**
     * An empty sketch.
     *
     * @param precision 4 to 16: 2^precision bytes, standard error 1.04 / sqrt(2^precision)
     */
    public DistinctSketch(int precision) {
        this.pool = new SketchPool(1, precision);
        pool.take();
    }

    /** Counts the thing with this keyed hash; see {@link SketchPool#add}. */
    public boolean add(long hash) {
        return pool.add(0, hash);
    }

    /** How many distinct things were counted, about. */
    public long estimate() {
        return pool.estimate(0);
    }

    /** Counts from nothing again. */
    public void clear() {
        pool.clear(0);
    }
}
