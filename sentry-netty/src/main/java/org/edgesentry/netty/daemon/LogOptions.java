package org.edgesentry.netty.daemon;

import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * Where the log goes and how much it says. Log4j2 asks for both when the first logger is made; conf/log4j2.xml names
 * these properties. Thread: main. Errors: {@link IllegalArgumentException} for a combination that makes no sense.
 */
final class LogOptions {

    private static final String STDOUT = "stdout";
    private static final String SYSLOG = "syslog";

    @Option(names = {"-l", "--logoutput"}, paramLabel = "stdout|syslog",
            description = "Where the log goes: stdout (default), or the local syslog.")
    private Optional<String> output = Optional.empty();

    @Option(names = {"-D", "--daemon"},
            description = "Detaches: the launcher returns once the daemon is ready. The log then goes to syslog.")
    private boolean detached;

    @Option(names = {"-v", "--verbose"}, description = "Also says which packets were left alone, and why.")
    private boolean verbose;

    @Option(names = {"-d", "--debug"}, description = "The same as --verbose; PortSentry has both.")
    private boolean debug;

    /** Makes the choice known to the log; before the first logger is made. */
    void apply() {
        String chosen = output.orElse(detached ? SYSLOG : STDOUT);
        if (!chosen.equals(STDOUT) && !chosen.equals(SYSLOG)) {
            throw new IllegalArgumentException("--logoutput \"" + chosen + "\" is none of stdout, syslog");
        }
        if (detached && chosen.equals(STDOUT)) {
            throw new IllegalArgumentException("--daemon and --logoutput stdout contradict each other: a detached"
                    + " daemon has no console");
        }
        System.setProperty("sentry.log", chosen.equals(STDOUT) ? "console" : SYSLOG);
        System.setProperty("sentry.level", talkative() ? "DEBUG" : "INFO");
    }

    /** Whether the daemon runs behind a launcher that waits for word. */
    boolean detached() {
        return detached;
    }

    /** Whether packets that count against nobody get lines too. */
    boolean talkative() {
        return verbose || debug;
    }
}
