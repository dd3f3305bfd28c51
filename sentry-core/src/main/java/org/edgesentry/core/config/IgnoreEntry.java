package org.edgesentry.core.config;

import org.edgesentry.core.net.Cidr;

/**
 * One entry of the ignore file.
 *
 * <p>Thread: immutable.
 *
 * @param network the address or network that is left alone
 * @param line where it stands, from 1
 */
public record IgnoreEntry(Cidr network, int line) {
}
