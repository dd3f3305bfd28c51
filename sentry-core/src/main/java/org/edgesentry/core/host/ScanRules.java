package org.edgesentry.core.host;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.config.Settings;

/**
 * When a host counts as scanning, when its scan has ended, and when it is forgotten. Thread: immutable.
 *
 * @param trigger the hit at which the source is acted on; 0 and 1 both mean the first (SCAN_TRIGGER)
 * @param windowNanos silence after which a host is forgotten (SCAN_WINDOW)
 */
public record ScanRules(int trigger, long windowNanos) {

    /** The rules that the settings ask for. */
    public static ScanRules of(Settings.Detection detection) {
        return new ScanRules(detection.scanTrigger(), TimeUnit.SECONDS.toNanos(detection.scanWindow().toSeconds()));
    }
}
