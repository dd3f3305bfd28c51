package org.edgesentry.netty.trap;

/** A connection that stays open for a while. Thread: the traps' event loop. */
interface HeldConnection {

    /** Ends it, because it gives way or its time is up. */
    void end();
}
