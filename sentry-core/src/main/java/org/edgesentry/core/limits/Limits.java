package org.edgesentry.core.limits;

/**
 * Every bound on what somebody outside can make grow, each with its reason. What a setting bounds (BLOCK_RATE,
 * BLOCK_MAX) is not repeated here.
 */
public final class Limits {

    /** Slots of the probe ring: 65 ms of a flood at 500,000 probes per second, 7 MB. A power of two. */
    public static final int PROBE_RING_SLOTS = 32_768;
    /** Slots of the action ring: the backlog while a firewall is slow. A power of two. */
    public static final int ACTION_RING_SLOTS = 8_192;
    /** Hosts that are remembered at once: 64 MB when full. A power of two. */
    public static final int HOSTS = 1 << 20;
    /** Hosts whose ports are remembered one by one: those that probed more than once; 18 MB when all are. */
    public static final int HOSTS_WITH_PORTS = 1 << 16;
    /** Ports that are remembered per host; one bit of a mask each. */
    public static final int PORTS_PER_HOST = 32;
    /** Lines that one host may cause in one scan, before the closing line sums up the rest. */
    public static final int LINES_PER_SCAN = 30;
    /** Lines beyond {@link #LINES_PER_SCAN} for probes that lead to a block, so that those are not folded away. */
    public static final int BLOCK_LINES_PER_SCAN = 10;
    /** Lines of probes and of scans for all hosts together: 25 kB a minute in the long run. */
    public static final int LINES_PER_MINUTE = 100;
    /** Such lines that may come at once before {@link #LINES_PER_MINUTE} holds: with blocks, well below 1 MB. */
    public static final int LINES_BURST = 2_000;
    /** Lines about blocks ("has been blocked", "is already blocked", commands) in a minute: 20 kB. */
    public static final int BLOCK_LINES_PER_MINUTE = 100;
    /** Such lines that may come at once. */
    public static final int BLOCK_LINES_BURST = 1_500;
    /** A scan that goes on has a line that sums it up each time so many seconds have passed. */
    public static final int SUMMARY_SECONDS = 600;
    /** Lines a minute about packets that count against nobody, where they are asked for ({@code --verbose}). */
    public static final int LEFT_ALONE_LINES_PER_MINUTE = 600;
    /** Silence after which a scan has ended and gets its closing line, seconds. */
    public static final int SCAN_QUIET_SECONDS = 60;
    /** Time after which a block that nobody confirmed is asked for again, seconds. */
    public static final int BLOCK_RETRY_SECONDS = 2;
    /** Hosts forgotten per second at most, so that a tick never holds up the probes behind it. */
    public static final int FORGOTTEN_PER_TICK = 20_000;
    /** Fragmented packets whose halves of a transport header are kept: 100 kB in each decoder. A power of two. */
    public static final int FRAGMENTED_PACKETS = 1_024;
    /** How long such a half waits, seconds; no host waits longer by default (Linux: 30 for IPv4, 60 for IPv6). */
    public static final int FRAGMENT_SECONDS = 60;
    /** VLAN tags before a packet: two are usual, four have been seen in carrier networks. */
    public static final int VLAN_TAGS = 8;
    /** IPv6 extension headers of a packet: each kind comes once, destination options twice, which makes nine. */
    public static final int EXTENSION_HEADERS = 16;
    /** Bytes of IPv6 extension headers after which an end that was not captured is taken for an evasion. */
    public static final int EXTENSION_BYTES = 256;
    /** Questions to the kernel about its sockets: at 3 microseconds each, 6 % of a core in a flood. */
    public static final int LOOKUPS_PER_SECOND = 20_000;
    /** Such questions that may come at once: a scan of some thousand ports in one batch. */
    public static final int LOOKUPS_BURST = 5_000;
    /** Places that are remembered to have no socket: those of a flood at some thousand ports. A power of two. */
    public static final int ABSENT_SOCKETS = 8_192;
    /** How long a place has no socket once the kernel said so, milliseconds: a new service waits no longer. */
    public static final int ABSENT_MILLIS = 100;
    /** Peers of our own datagrams that are remembered, 256 kB: 50 new ones a second. A power of two. */
    public static final int ASKED_PEERS = 16_384;
    /** How long an answer of such a peer may take, seconds: also one of a QUIC server that tries for minutes. */
    public static final int ASKED_SECONDS = 300;
    /** How long clients of a service that has stopped may send, seconds; TCP gives up after some 15 minutes at most. */
    public static final int USED_PORT_SECONDS = 600;
    /** Open sockets that are listed, 4 MB: no host serves that many ports. */
    public static final int OPEN_SOCKETS = 32_768;

    private Limits() {
    }
}
