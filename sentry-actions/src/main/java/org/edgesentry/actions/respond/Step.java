package org.edgesentry.actions.respond;

/** What a response consists of. */
enum Step {

    /** KILL_RUN_CMD is run. */
    COMMAND,
    /** The host gets its line in hosts.deny. */
    DENY,
    /** The firewall, or KILL_ROUTE, shuts the host out. */
    BLOCK,
    /** What was done is written down. */
    REPORT
}
