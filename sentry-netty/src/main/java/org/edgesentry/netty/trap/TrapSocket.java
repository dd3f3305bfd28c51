package org.edgesentry.netty.trap;

/** An open trap: a listening TCP socket or a bound UDP socket. Thread: the traps' event loop. */
interface TrapSocket {

    /** The port that the kernel gave it. */
    int port();

    /** Closes the socket; again does nothing. */
    void close();
}
