package org.edgesentry.actions;

import java.time.Duration;

/** Every bound of the actions, with its reason: what an attacker can make grow stops here. */
public final class ActionLimits {

    /** Requests that one commit takes: under a flood the ring is never empty, and a block must not wait for that. */
    public static final int BATCH_REQUESTS = 4_096;

    /** An administrator's command may call a slow program; longer than this it holds up every other command. */
    public static final Duration COMMAND_DEADLINE = Duration.ofSeconds(10);

    /** Responses that wait for a command: some seconds of work for a usual one, and a few megabytes. */
    public static final int COMMANDS_WAITING = 1_024;

    /** Probes of a host whose report waits for the end of its command; no scan has more lines of its own. */
    public static final int REPORTS_HELD = 32;

    /** Time that commands of each kind have at the stop, which as a whole may take two seconds. */
    public static final Duration COMMANDS_AT_STOP = Duration.ofMillis(150);

    /** So long, and until the next tick, a line waits for the command that decides what it says of a block. */
    public static final Duration REPORT_PATIENCE = Duration.ofSeconds(1);

    /** Hosts that could not be blocked but got the rest of the response; a second time is no harm, so few suffice. */
    public static final int ANSWERED_HOSTS = 4_096;

    /** Hosts that the firewall refused and that are tried again by themselves: one that fails does so for all. */
    public static final int FAILED_BLOCKS = 4_096;
    /** hosts.deny is read line by line for each connection of a wrapped service, and by us for each change. */
    public static final int HOSTS_DENY_BYTES = 8 << 20;

    /** What is kept of a command's output: enough to find the fault, too little to fill memory. */
    public static final int COMMAND_OUTPUT_BYTES = 4_096;

    /** Output of commands that list or fail by the line: 200,000 lines of 60 characters, with room. */
    public static final int LISTING_BYTES = 16 << 20;

    /** Length of the outside world's words in one message. */
    public static final int MESSAGE_CHARS = 300;

    /** History that waits for a full disk to have room again: more than a full batch; what comes after it is lost. */
    public static final int HISTORY_PENDING_BYTES = 2 << 20;

    /** Distinct complaints that are remembered, and so logged, in one minute. */
    public static final int COMPLAINTS_PER_MINUTE = 32;

    /** Single commands that may fail one after the other before the rest of a failed batch is given up. */
    public static final int FAILURES_IN_A_ROW = 16;

    /** Blocks of our own keeping that one tick ends; the rest ends with the next ticks, so that new blocks get in. */
    public static final int EXPIRIES_PER_TICK = BATCH_REQUESTS;

    /** Ends of blocks in one second that have a line each; more are one line with their number. */
    public static final int EXPIRY_LINES = 20;

    /** Between two writings of the blocked file, so that many blocks are few writings. */
    public static final Duration BLOCKED_FILE_PAUSE = Duration.ofMillis(100);

    /** The blocked file is rewritten as a whole: hosts in it times writes a second, 400 kB on the disk. */
    public static final int BLOCKED_FILE_HOSTS_PER_SECOND = 5_000;

    /** Names of hosts that are remembered, and hosts that are known to have none: some megabytes. */
    public static final int NAMES = 10_000;

    /** Lookups at once; a name server that does not answer keeps each busy for some ten seconds. */
    public static final int NAME_THREADS = 4;

    /** Lookups that wait for a thread; beyond that the address stands for the name. */
    public static final int NAME_LOOKUPS_WAITING = 1_024;

    /** Reports that wait for a name at a time; when one more comes, the oldest is written without. */
    public static final int REPORTS_WAITING = 4_096;

    /** A report waits so long for a name, and until the next tick: two seconds at most. */
    public static final Duration NAME_WAIT = Duration.ofSeconds(1);

    /** Length of a name, RFC 1035 2.3.4, without the dot at its end. */
    public static final int NAME_CHARS = 253;

    /** How long this host's own UDP questions are remembered beside steered traps: no answer comes later, seconds. */
    public static final int ASKED_SECONDS = 300;

    /** Peers and ports of such questions: 800 a second for that time; 30 MB of the kernel's memory when full. */
    public static final int ASKED_PEERS = 262_144;

    /** Ended blocks that the ledger keeps, for how long the next block lasts: twice BLOCK_MAX; 60 MB on the disk. */
    public static final int LEDGER_ENDED_ROWS = 400_000;

    /** Ended blocks that one call forgets: some 40 ms of a full ledger in which no block is made. */
    public static final int LEDGER_FORGOTTEN_ROWS = 1_024;

    /** Ledgers that could not be read and are kept for the administrator. */
    public static final int LEDGERS_SET_ASIDE = 3;

    /** So long a write waits for another program that writes into the ledger; no block is made meanwhile. */
    public static final Duration LEDGER_PATIENCE = Duration.ofSeconds(1);

    /** Pages of the ledger in memory; beyond that the kernel's page cache serves as well. */
    public static final int LEDGER_CACHE_KIB = 4_096;

    /** What is left of the ledger's write-ahead log once it has been emptied: that of an ordinary write. */
    public static final int LEDGER_LOG_BYTES = 8 << 20;
    /** Sources that a notification lists: what somebody reads, and some 20 kB of JSON; the rest is a number. */
    public static final int NOTIFIED_SOURCES = 50;

    /** Scans of many sources that a notification lists; they are told once a minute at most. */
    public static final int NOTIFIED_CROWDS = 10;

    /** Scans whose end is awaited, to tell of it: more at a time are a flood, where nobody reads of the end of one. */
    public static final int OPEN_SCANS = 1_024;

    /** So long news is gathered before the first notification: a scan of some ports is one message, and not late. */
    public static final Duration NOTIFY_GATHERING = Duration.ofSeconds(5);

    /** Whoever takes a notification may take so long, from the first packet to the last. */
    public static final Duration NOTIFY_EXCHANGE = Duration.ofSeconds(10);

    /** A mail is ten questions and answers, each with {@link #NOTIFY_EXCHANGE}, and this for all of them. */
    public static final Duration NOTIFY_MAIL_EXCHANGE = Duration.ofSeconds(30);

    /** Pause after the first failure; each further one is twice as long ... */
    public static final Duration NOTIFY_RETRY_FIRST = Duration.ofSeconds(5);

    /** ... up to this: a receiver that comes back is noticed soon, one that does not is not hammered ... */
    public static final Duration NOTIFY_RETRY_LONGEST = Duration.ofMinutes(5);

    /** ... and older news than this is history: HISTORY_FILE has it. */
    public static final Duration NOTIFY_RETRY_FOR = Duration.ofHours(1);

    /** A receiver that asks for a longer pause gets this one; one retry must be left. */
    public static final Duration NOTIFY_RETRY_AFTER = Duration.ofMinutes(30);

    /** What is read of a web server's answer: enough for its words. */
    public static final int NOTIFY_ANSWER_BYTES = 4_096;

    /** A password is a line; a file above this is another file. */
    public static final int PASSWORD_FILE_BYTES = 4_096;

    /** At the stop, which as a whole may take two seconds, what was gathered has so long to get out. */
    public static final Duration NOTIFY_AT_STOP = Duration.ofMillis(200);

    /** Sockets that leave room below 1,024 for those of libnftables, which knows no higher descriptor. */
    public static final int DESCRIPTORS_BESIDE_SELECT = 800;
    /** The highest number that a socket of libnftables may get: select(2) ends at 1,023, and others open files too. */
    public static final int HIGHEST_SELECTED_DESCRIPTOR = 1_000;

    private ActionLimits() {
    }
}
