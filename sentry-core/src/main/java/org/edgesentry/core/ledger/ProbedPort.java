package org.edgesentry.core.ledger;

import org.edgesentry.core.net.IpProtocol;

/**
 * A port that a blocked host has asked for. Thread: immutable.
 *
 * @param protocol IP protocol number
 * @param port port
 */
public record ProbedPort(int protocol, int port) {

    /** {@code TCP/111}. */
    @Override
    public String toString() {
        return IpProtocol.name(protocol) + "/" + port;
    }
}
