package org.edgesentry.netty.replay;

/** Hears how far a replay is. Thread: the replay's. */
public interface Progress {

    /** Nobody wants to know. */
    Progress NONE = (packets, bytes) -> {
    };

    /**
     * Called now and then.
     *
     * @param packets read so far, of all files
     * @param bytes of the files, taken so far
     */
    void reached(long packets, long bytes);

    /** Makes room for other output. */
    default void clear() {
    }
}
