package org.edgesentry.netty.trap;

import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PortSet;

/**
 * Trap ports that could not be bound, or not for all that is sent to them. Thread: immutable.
 *
 * @param protocol TCP or UDP, as an IP protocol number
 * @param ports the ports
 * @param where empty, or the part that is not a trap, such as {@code over IPv4} or {@code on 192.0.2.1}
 * @param reason why, and what to do, in one line
 */
public record TrapFailure(int protocol, PortSet ports, String where, String reason) {

    @Override
    public String toString() {
        return IpProtocol.name(protocol) + (ports.size() == 1 ? " port " : " ports ") + ports
                + (where.isEmpty() ? "" : " " + where) + ": " + reason;
    }
}
