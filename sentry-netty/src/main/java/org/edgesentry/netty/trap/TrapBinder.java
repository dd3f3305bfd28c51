package org.edgesentry.netty.trap;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Opens the traps of one protocol. Thread: the traps' event loop. */
interface TrapBinder {

    /**
     * A socket of one address family only.
     *
     * @param transparent whether a firewall rule will hand it what is meant for other addresses and ports
     * @throws IOException when the port cannot be had, in the words of the kernel
     */
    TrapSocket bind(InetSocketAddress address, boolean transparent) throws IOException;
}
