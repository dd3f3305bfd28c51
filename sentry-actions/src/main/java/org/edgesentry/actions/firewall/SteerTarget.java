package org.edgesentry.actions.firewall;

import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.IpProtocol;

/**
 * A listener on loopback that traffic is steered to. Thread: immutable.
 *
 * @param protocol {@link IpProtocol#TCP} or {@link IpProtocol#UDP}
 * @param family {@link AddressFamily}
 * @param port where it listens
 */
public record SteerTarget(int protocol, int family, int port) {
}
