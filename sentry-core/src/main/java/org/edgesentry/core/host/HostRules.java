package org.edgesentry.core.host;

/**
 * How hosts are told apart, counted and answered. Thread: immutable.
 *
 * @param key what counts as one host
 * @param scan when a host counts as scanning
 * @param blocking whether and how long it is blocked then
 * @param blocksPerSecond BLOCK_RATE
 */
public record HostRules(HostKey key, ScanRules scan, BlockPolicy blocking, int blocksPerSecond) {
}
