package org.edgesentry.core.ignore;

import org.edgesentry.core.net.PrefixMap;

/**
 * Whose probes count against nobody.
 *
 * <p>Thread: immutable.
 *
 * @param ignored the entries of IGNORE_FILE
 * @param own addresses of this host and broadcast addresses of its networks, which nobody outside can send from
 * @param countsOwn whether this host may be found scanning itself (PortSentry's {@code --disable-local-check}): its own
 *         addresses and the loopback network are then sources like any other
 */
public record LeftAlone(PrefixMap ignored, PrefixMap own, boolean countsOwn) {
}
