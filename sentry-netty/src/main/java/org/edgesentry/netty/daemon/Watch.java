package org.edgesentry.netty.daemon;

import java.util.List;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.config.Modes;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.Cidr;

/**
 * What the administrator wants to have watched, and how. Thread: immutable.
 *
 * @param settings of portsentry.conf
 * @param ignored the networks of IGNORE_FILE
 * @param plan the traps that the settings make in the modes of this process
 */
record Watch(Settings settings, List<Cidr> ignored, TrapPlan plan) {

    /** Checks that there is something to watch. */
    static Watch of(Settings settings, List<Cidr> ignored, Modes modes) throws StartFailure {
        return new Watch(settings, ignored, TrapPlan.of(settings, modes));
    }

    /** Says so when the settings ask for proof of each source, and nothing here could ever give one. */
    void warnIfNobodyCanBeBlocked(Logger log) {
        if (settings.blocking().verifiedOnly() && settings.response().answers() && plan.boundTcp().isEmpty()) {
            log.warn("No source can ever be blocked: BLOCK_VERIFIED_ONLY is 1, and this mode binds no TCP trap with "
                    + "which a source could prove its address. Run with --connect or -tcp, or set "
                    + "BLOCK_VERIFIED_ONLY=\"0\"");
        }
    }
}
