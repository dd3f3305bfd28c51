package org.edgesentry.actions.respond;

import org.edgesentry.core.net.Cidr;

/**
 * Somebody who is not to be blocked. Thread: immutable.
 *
 * @param network an address or a network
 * @param reason what it is, to follow "it is": {@code on the ignore list}
 */
public record Spared(Cidr network, String reason) {
}
