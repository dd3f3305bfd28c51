package org.edgesentry.core.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgesentry.core.config.GivenValues.Given;

/**
 * Finds values that are right alone and wrong together. A value that could not be read is left out: its own fault is
 * told already.
 */
final class CrossChecks {

    /** Takes a fault at the place of a key. */
    interface Faults {

        void at(int line, int column, String message);
    }

    private final GivenValues given;
    private final Faults faults;

    private CrossChecks(GivenValues given, Faults faults) {
        this.given = given;
        this.faults = faults;
    }

    static void run(GivenValues given, Faults faults) {
        CrossChecks checks = new CrossChecks(given, faults);
        checks.needs(ConfigKeys.TRAP_RESPONSE, TrapResponse.BANNER, ConfigKeys.PORT_BANNER);
        checks.needs(ConfigKeys.BLOCK_METHOD, BlockMethod.COMMAND, ConfigKeys.KILL_ROUTE);
        checks.longestBlock();
        checks.distinctFiles();
        checks.mailHasAReader();
        checks.comesWith(ConfigKeys.NOTIFY_SMTP_USER, ConfigKeys.NOTIFY_SMTP_PASSWORD_FILE);
        checks.comesWith(ConfigKeys.NOTIFY_SMTP_PASSWORD_FILE, ConfigKeys.NOTIFY_SMTP_USER);
    }

    private <T> void needs(ConfigKey<T> key, T value, ConfigKey<? extends Optional<?>> other) {
        boolean comparable = given.isSound(key) && given.isSound(other);
        if (comparable && given.get(key) == value && given.get(other).isEmpty()) {
            tell(key, key.name() + "=\"" + key.type().show(value) + "\" needs " + other.name());
        }
    }

    /** A block without end has no longest time to be compared with. */
    private void longestBlock() {
        if (!given.isSound(ConfigKeys.BLOCK_TIME) || !given.isSound(ConfigKeys.BLOCK_TIME_MAX)) {
            return;
        }
        Duration first = given.get(ConfigKeys.BLOCK_TIME);
        Duration longest = given.get(ConfigKeys.BLOCK_TIME_MAX);
        if (longest.compareTo(first) < 0) {
            boolean maxGiven = given.isGiven(ConfigKeys.BLOCK_TIME_MAX);
            tell(maxGiven ? ConfigKeys.BLOCK_TIME_MAX : ConfigKeys.BLOCK_TIME,
                    "BLOCK_TIME_MAX (" + ConfigKeys.BLOCK_TIME_MAX.type().show(longest)
                            + (maxGiven ? "" : ", the default") + ") is below BLOCK_TIME ("
                            + ConfigKeys.BLOCK_TIME.type().show(first) + ")");
        }
    }

    /** One of two keys that name the same file would destroy what the other wrote: the blocked file is rewritten. */
    private void distinctFiles() {
        Map<Path, String> keyByFile = new HashMap<>();
        for (ConfigKey<Optional<Path>> key : List.of(ConfigKeys.IGNORE_FILE, ConfigKeys.HISTORY_FILE,
                ConfigKeys.BLOCKED_FILE, ConfigKeys.EVENT_LOG)) {
            Optional<Path> file = given.isSound(key) ? given.get(key) : Optional.empty();
            String earlier = file.map(path -> keyByFile.putIfAbsent(path.normalize(), key.name())).orElse(null);
            if (earlier != null) {
                tell(key, key.name() + " names the same file as " + earlier);
            }
        }
    }

    private void mailHasAReader() {
        if (!given.isSound(ConfigKeys.NOTIFY_MAIL_TO) || !given.get(ConfigKeys.NOTIFY_MAIL_TO).isEmpty()) {
            return;
        }
        for (ConfigKey<?> key : List.of(ConfigKeys.NOTIFY_MAIL_FROM, ConfigKeys.NOTIFY_SMTP,
                ConfigKeys.NOTIFY_SMTP_USER)) {
            if (given.isGiven(key) && given.isSound(key) && !given.get(key).equals(key.defaultValue())) {
                tell(key, key.name() + " needs NOTIFY_MAIL_TO: without it nobody gets a mail");
            }
        }
    }

    private void comesWith(ConfigKey<? extends Optional<?>> key, ConfigKey<? extends Optional<?>> other) {
        boolean comparable = given.isSound(key) && given.isSound(other);
        if (comparable && given.get(key).isPresent() && given.get(other).isEmpty()) {
            tell(key, key.name() + " needs " + other.name());
        }
    }

    private void tell(ConfigKey<?> key, String message) {
        Given place = given.find(key).orElseThrow();
        faults.at(place.line(), place.column(), message);
    }
}
