package org.edgesentry.core.host;

/**
 * The port memory slots whose hosts have probes without a line, in the order in which they may fall silent. A slot
 * stands in it once at most, so it never overflows. Thread: pipeline only.
 */
final class ClosingQueue {

    private final int[] slots;
    private int head;
    private int size;

    ClosingQueue(int capacity) {
        this.slots = new int[capacity];
    }

    int size() {
        return size;
    }

    void add(int slot) {
        slots[(head + size) % slots.length] = slot;
        size++;
    }

    int peek() {
        return slots[head];
    }

    int poll() {
        int slot = slots[head];
        head = (head + 1) % slots.length;
        size--;
        return slot;
    }
}
