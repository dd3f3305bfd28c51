package org.edgesentry.core.config;

/** BLOCK_METHOD: what shuts a scanner out. */
public enum BlockMethod {

    /** KILL_ROUTE if it is set, else the best firewall that the machine has. */
    AUTO,
    /** A set in a table of our own. */
    NFTABLES,
    /** Rules of iptables over a set of ipset. */
    IPTABLES,
    /** Blackhole routes. */
    ROUTE,
    /** KILL_ROUTE. */
    COMMAND,
    /** Nothing: log what would have happened. */
    NONE
}
