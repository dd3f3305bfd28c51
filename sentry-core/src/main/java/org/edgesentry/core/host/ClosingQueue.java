package org.edgesentry.core.host;

/**
 * The port memory slots whose hosts have probes without a line, in the order in which they may fall silent, and since
 * when. A slot stands in it once at most, so it never overflows. Thread: pipeline only.
 */
final class ClosingQueue {

    private final int[] slots;
    private final long[] sinceNanos;
    private int head;
    private int size;

    ClosingQueue(int capacity) {
        this.slots = new int[capacity];
        this.sinceNanos = new long[capacity];
    }

    int size() {
        return size;
    }

    void add(int slot, long since) {
        int tail = (head + size) % slots.length;
        slots[tail] = slot;
        sinceNanos[tail] = since;
        size++;
    }

    /** When the slot that is next came into the queue. */
    long nextSinceNanos() {
        return sinceNanos[head];
    }

    int poll() {
        int slot = slots[head];
        head = (head + 1) % slots.length;
        size--;
        return slot;
    }
}
