package org.edgesentry.core.config;

import java.util.List;
import java.util.Optional;

/**
 * What became of a portsentry.conf: settings, or the list of all that is wrong with it.
 *
 * <p>Thread: immutable.
 *
 * @param settings present exactly when there is no fault
 * @param faults in the order of the file
 * @param notActedOn names of keys that the file sets to something that this version reads but does not act on yet, in
 *         the order of the file; to be told at start and by {@code sentry check}
 */
public record ConfigResult(Optional<Settings> settings, List<Fault> faults, List<String> notActedOn) {

    /** Takes copies. */
    public ConfigResult {
        faults = List.copyOf(faults);
        notActedOn = List.copyOf(notActedOn);
        if (settings.isPresent() != faults.isEmpty()) {
            throw new IllegalArgumentException("either settings or faults");
        }
    }
}
