package org.edgesentry.core.config;

import java.util.List;

/**
 * The effective settings in the form of the configuration file, every key, in the order of the shipped file. Read
 * again, the lines give equal settings.
 *
 * <p>Thread: any.
 */
public final class SettingsReport {

    private SettingsReport() {
    }

    /** One line {@code KEY="value"} for each key. */
    public static List<String> lines(Settings settings) {
        return ConfigKeys.ALL.stream().map(key -> key.line(settings)).toList();
    }
}
