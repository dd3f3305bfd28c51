package org.edgesentry.core.limits;

/**
 * Every bound on what somebody outside can make grow, each with its reason. What a setting bounds (BLOCK_RATE,
 * BLOCK_MAX) is not repeated here.
 */
public final class Limits {

    /**
     * Slots of the probe ring, 0.7 MB. A power of two. Eight batches of the packet ring, which keeps what finds no room
     * here: more slots would not save a probe, but no longer fit into the processor's second cache of a megabyte.
     */
    public static final int PROBE_RING_SLOTS = 2_048;
    /** Probes whose hosts are looked for ahead of their turn: what they need fits into the first cache, 12 kB. */
    public static final int PROBES_FORESEEN = 32;
    /** Slots of the action ring: the backlog while a firewall is slow. A power of two. */
    public static final int ACTION_RING_SLOTS = 8_192;
    /** Hosts that are remembered at once: 64 MB when full. A power of two. */
    public static final int HOSTS = 1 << 20;
    /** Hosts whose contacts are remembered one by one: those that came more than once; 10 MB when all are. */
    public static final int HOSTS_WITH_PORTS = 1 << 14;
    /** How long such a host, silent, keeps its place when all are taken, seconds; see the host table's lottery. */
    public static final int SLOT_KEPT_SECONDS = 10;
    /** Ports that are remembered per host; one bit of a mask each. */
    public static final int PORTS_PER_HOST = 32;
    /** Contacts that are remembered per host: six times as many as a verdict takes. */
    public static final int CONTACTS_PER_HOST = 32;
    /** Sources with more contacts than that whose ports and hosts are counted, 2 MB once there is one. */
    public static final int SKETCHED_HOSTS = 682;
    /** Contacts whose outcome is awaited, 4 MB: 20,000 new ones a second. A power of two. */
    public static final int PENDING_CONTACTS = 1 << 16;
    /** How long an answer may take, seconds: a host that is far away answers within one. */
    public static final int ANSWER_SECONDS = 3;
    /** Conversations of the home networks that are remembered, 2 MB. A power of two. */
    public static final int CONVERSATIONS = 1 << 17;
    /** How long a conversation may be silent, seconds; keep-alives come every two hours at most. */
    public static final int CONVERSATION_SECONDS = 7_500;
    /** Lines that one host may cause in one scan with one technique, before the closing line sums up the rest. */
    public static final int LINES_PER_SCAN = 30;
    /** Lines beyond {@link #LINES_PER_SCAN} for probes that lead to a block, so that those are not folded away. */
    public static final int BLOCK_LINES_PER_SCAN = 10;
    /** Lines of one kind (probes; blocks) of hosts that come for the first time which may come at once: 15 kB. */
    public static final int LINES_AT_ONCE = 60;
    /** Lines that sum up others, and may come at once beside those. */
    public static final int SUMS_AT_ONCE = 30;
    /** Lines a second after that: a million probes in five seconds have 85, some 20 kB of history and of log. */
    public static final int LINES_PER_SECOND = 5;
    /** Lines of probes and of scans for all hosts together: 25 kB a minute in the long run. */
    public static final int LINES_PER_MINUTE = 100;
    /** Such lines that may come at once before {@link #LINES_PER_MINUTE} holds: with blocks, below 1 MB. */
    public static final int LINES_BURST = 1_000;
    /** Lines about blocks ("has been blocked", "is already blocked", commands) in a minute: 20 kB. */
    public static final int BLOCK_LINES_PER_MINUTE = 100;
    /** Such lines that may come at once. */
    public static final int BLOCK_LINES_BURST = 750;
    /** Lines in a minute about sources that were judged to scan: 10 kB. */
    public static final int VERDICT_LINES_PER_MINUTE = 30;
    /** Such lines that may come at once: 60 kB. */
    public static final int VERDICT_LINES_BURST = 200;
    /** A scan that goes on has a line that sums it up each time so many seconds have passed. */
    public static final int SUMMARY_SECONDS = 600;
    /** Lines a minute about packets that count against nobody, where they are asked for ({@code --verbose}). */
    public static final int LEFT_ALONE_LINES_PER_MINUTE = 600;
    /** Silence after which a scan has ended and gets its closing line, seconds. */
    public static final int SCAN_QUIET_SECONDS = 60;
    /** Time after which a block that nobody confirmed is asked for again, seconds. */
    public static final int BLOCK_RETRY_SECONDS = 2;
    /** A breaker (BLOCK_RATE, BLOCK_MAX) is closed again once it held nothing up for so long, seconds. */
    public static final int BREAKER_QUIET_SECONDS = 60;
    /** Hosts forgotten per second at most, so that a tick never holds up the probes behind it. */
    public static final int FORGOTTEN_PER_TICK = 20_000;
    /** Fragmented packets whose halves of a transport header are kept: 100 kB in each decoder. A power of two. */
    public static final int FRAGMENTED_PACKETS = 1_024;
    /** How long such a half waits, seconds; no host waits longer by default (Linux: 30 for IPv4, 60 for IPv6). */
    public static final int FRAGMENT_SECONDS = 60;
    /** VLAN tags before a packet: two are usual, four have been seen in carrier networks. */
    public static final int VLAN_TAGS = 8;
    /** MPLS labels before a packet: two or three are usual. */
    public static final int MPLS_LABELS = 8;
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
    /** Connections that wait for a trap to accept them; under a SYN flood the kernel goes over to cookies. */
    public static final int TRAP_BACKLOG = 128;
    /** The same where one listener stands for all ports; the kernel cuts it to net.core.somaxconn. */
    public static final int STEERED_TRAP_BACKLOG = 4_096;
    /** Datagrams that wait for a UDP trap, as kernel memory, bytes: a thousand such traps can hold 16 MB. */
    public static final int UDP_TRAP_BUFFER_BYTES = 16_384;
    /** The same where one socket stands for all ports, bytes. */
    public static final int STEERED_UDP_BUFFER_BYTES = 1 << 20;
    /** Trap ports that get a socket of their own, 2 or 3 kB each and address family; beyond, TRAP_STEER=auto steers. */
    public static final int PORTS_WITH_A_SOCKET = 2_000;
    /** Connections in the tarpit: 20 MB with the kernel's part when full. */
    public static final int TARPIT_CONNECTIONS = 4_096;
    /** Connections of one source in the tarpit: enough to hold up a scanner, too few to push out the others. */
    public static final int TARPIT_PER_SOURCE = 64;
    /** Silence after which the kernel asks whether the peer of a tarpit connection is still there, seconds. */
    public static final int TARPIT_KEEPALIVE_SECONDS = 300;
    /** Connections that have been sent the banner and wait for the peer's end, 4 kB each. */
    public static final int GREETED_CONNECTIONS = 512;
    /** The same of one source. */
    public static final int GREETED_PER_SOURCE = 64;
    /** How long such a connection waits: a peer that reads slowly has its banner by then, seconds. */
    public static final int GREETED_SECONDS = 10;
    /** Descriptors that the rest of the daemon needs: libraries, files, pipes of commands, connections that close. */
    public static final int FILES_BESIDE_TRAPS = 256;
    /** Banner bytes in a UDP reply: the source may be forged, and must not get much more than was sent. */
    public static final int UDP_REPLY_BYTES = 512;
    /** UDP replies that one source can have at once. */
    public static final int UDP_REPLIES_AT_ONCE = 3;
    /** After those, one reply to the source in so many seconds. */
    public static final int UDP_REPLY_SECONDS = 60;
    /** Sources that are told apart for that: 32 kB. A power of two. */
    public static final int UDP_REPLY_SLOTS = 4_096;
    /** UDP replies to all sources together: as a reflector we are worth 1 kB a second at most. */
    public static final int UDP_REPLIES_PER_MINUTE = 120;
    /** Distinct addresses that are counted one by one, 1 MB; more are estimated. */
    public static final int EXACT_DISTINCT = 65_536;
    /** Contacts in a second beyond which a sample of the sources stands for all: 0.3 % of a core, 40 large scans. */
    public static final int CROWD_CONTACTS_PER_SECOND = 20_000;
    /** Ports and hosts that are followed as targets of many sources, 5.5 kB each. A power of two. */
    public static final int SCAN_TRACKERS = 256;
    /** How many of those may begin in a second: one costs a microsecond, in a flood they come for each packet. */
    public static final int SCAN_TRACKERS_STARTED_PER_SECOND = 1_000;
    /** Places of bitmaps that say what is worth following, 64 kB an index. A power of two. */
    public static final int FIRST_LOOK_PLACES = 8_192;
    /** How long a scan of many sources is watched before it is reported, seconds: the report counts that much. */
    public static final int DISTRIBUTED_SETTLE_SECONDS = 5;
    /** A scan of many sources that goes on is reported anew after so many seconds. */
    public static final int DISTRIBUTED_AGAIN_SECONDS = 3_600;
    /** Scans of many sources that are reported at once: forged sources can make as many as there are ports. */
    public static final int DISTRIBUTED_REPORTS_BURST = 20;
    /** After those, so many a minute. */
    public static final int DISTRIBUTED_REPORTS_PER_MINUTE = 1;
    /** Contacts that are remembered to find decoys, 128 kB: those of 40 ms in a flood. A power of two. */
    public static final int RECENT_CONTACTS = 4_096;
    /** Sources that are compared to find decoys, 160 kB; nmap forges 128 at most. A power of two. */
    public static final int COMPARED_SOURCES = 4_096;
    /** Events that handlers have sent themselves while a replay handles one: each sends a few at most. Power of two. */
    public static final int INLINE_BACKLOG = 64;
    /** Bytes of a frame in a capture file: libpcap writes none that is longer. */
    public static final int CAPTURED_FRAME_BYTES = 1 << 18;
    /** Bytes of a capture file that are in memory at once; a pcapng block that matters has to fit. */
    public static final int CAPTURE_BUFFER_BYTES = 1 << 20;
    /** Interfaces of a section of a pcapng file; real files have a few, one of a container host some hundred. */
    public static final int CAPTURE_INTERFACES = 1 << 16;
    /** Sources that a replay knows to have been named, 16 MB: as many as the host table holds. */
    public static final int NAMED_SOURCES = 1 << 20;
    /** Scans in the table of a replay, 30 MB; nobody reads as many, and the JSON has all. */
    public static final int TABLE_SCANS = 100_000;
    /** Ports that a block keeps of its host, for the ledger and for who asks: as many as a scan has lines. */
    public static final int BLOCK_PORTS = 32;
    /** Hosts that are told to who asks for them at once: copying so many takes the pipeline about a millisecond. */
    public static final int HOSTS_LISTED = 10_000;
    /** Bytes of utmp that are read: ten thousand records, while terminals are a few hundred on the largest hosts. */
    public static final int UTMP_BYTES = 1 << 22;
    /** Sessions from elsewhere whose addresses are protected, of utmp and of logind each: 100 kB. */
    public static final int REMOTE_SESSIONS = 4_096;
    /** Bytes of a session file of logind that are read; real ones have some hundred. */
    public static final int SESSION_FILE_BYTES = 1 << 14;
    /** Addresses of logged-in users that the line about who is never blocked lists; the rest is counted. */
    public static final int SESSIONS_SHOWN = 50;
    /** Such lines that may come at once, when what they say changes: a boot makes some ten. */
    public static final int PROTECTION_LINES_BURST = 20;
    /** After those, so many a minute: users may come and go every second. */
    public static final int PROTECTION_LINES_PER_MINUTE = 1;
    /** Connections to the control socket at once: each is a person or a script of the administrator's. */
    public static final int CONTROL_CONNECTIONS = 16;
    /** Bytes of a request on the control socket: the longest that makes sense has about 150. */
    public static final int CONTROL_REQUEST_BYTES = 4_096;
    /** How long a request may take to arrive, seconds: a program sends it at once, a person may paste it. */
    public static final int CONTROL_REQUEST_SECONDS = 10;
    /** How long the daemon may take to do what is asked, seconds: a firewall with 100,000 elements needs two. */
    public static final int CONTROL_ANSWER_SECONDS = 10;
    /** How long a reader may take nothing of its answer, seconds; our own client reads ahead of its user. */
    public static final int CONTROL_READER_SECONDS = 30;
    /** Bytes of an answer that stand in memory for a connection: the whole of 100,000 blocks has 25 MB. */
    public static final int CONTROL_CHUNK_BYTES = 32_768;

    /** Probes whose time to the verdict is taken with one look at the clock; they take the pipeline about 30 µs. */
    public static final int PROBES_PER_CLOCK_READING = 64;
    /** The longest time that is told, nanoseconds: an hour. What took longer, after a clock was set, counts as this. */
    public static final long LONGEST_LATENCY_NANOS = 3_600_000_000_000L;
    /** Connections to the metrics endpoint at once: each is a Prometheus, or a person with curl. */
    public static final int METRICS_CONNECTIONS = 8;
    /** Bytes of a request's head at the metrics endpoint: that of Prometheus has about 300. */
    public static final int METRICS_REQUEST_BYTES = 8_192;
    /** From the connection to the end of the answer, seconds: Prometheus itself gives up after ten. */
    public static final int METRICS_CONNECTION_SECONDS = 10;
    /** A page of metrics answers all who ask within so many milliseconds: asking more often costs nothing. */
    public static final int METRICS_PAGE_MILLIS = 100;

    private Limits() {
    }
}
