package org.edgesentry.netty.control;

import java.util.Optional;
import java.util.OptionalLong;
import org.edgesentry.core.net.Cidr;

/**
 * A request that was understood. Thread: immutable.
 *
 * @param command what is asked
 * @param target of block and unblock; empty: all
 * @param seconds of block; empty: BLOCK_TIME
 * @param force of block
 * @param limit of hosts
 * @param labelled of status
 */
record ControlRequest(ControlCommand command, Optional<Cidr> target, OptionalLong seconds, boolean force, int limit,
                      boolean labelled) {
}
