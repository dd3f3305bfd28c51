package org.edgesentry.netty.trap;

import java.util.List;
import org.edgesentry.core.net.PortSet;

/** A way to make traps of ports. Thread: one at a time, not the traps' event loop. */
interface TrapSet {

    /** Makes traps of these ports, and of no others any more. */
    void update(PortSet tcp, PortSet udp) throws TrapException;

    /** How many ports are traps, of both protocols. */
    int size();

    /** Ports that are no traps though they should be. */
    List<TrapFailure> failures();

    /** How many sockets that takes. */
    int sockets();

    /** How it works, for the ready line. */
    String describe();

    /** Gives all ports back. */
    void close();
}
