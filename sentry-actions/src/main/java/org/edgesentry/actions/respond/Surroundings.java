package org.edgesentry.actions.respond;

import java.nio.file.Path;
import java.time.ZoneId;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.FirewallWatch;
import org.edgesentry.actions.history.ReportFormat;
import org.edgesentry.actions.notify.Notifier;
import org.edgesentry.core.action.BlockOutcomes;
import org.edgesentry.core.ledger.BlockLedger;
import org.edgesentry.core.time.ClockSteps;
import org.edgesentry.core.time.WallClock;

/**
 * What the responder acts on and reports to. Thread: immutable.
 *
 * @param firewall open; closed with the responder
 * @param watch hears of changes of the firewall
 * @param ledger of blocks; closed with the responder
 * @param outcomes where the pipeline hears what became of a block
 * @param wakeUp called, from another thread, when the responder should be called soon
 * @param format of the lines
 * @param zone of the times in BLOCKED_FILE
 * @param hostsDeny the file of KILL_HOSTS_DENY: {@link org.edgesentry.actions.deny.HostsDeny#SYSTEM} but in tests
 * @param clock the time of day
 * @param steps notices when that is set
 * @param rebooted whether the machine was started anew since the last run, so that what commands did is gone
 * @param notifier who is told; closed with the responder
 */
public record Surroundings(Firewall firewall, FirewallWatch watch, BlockLedger ledger, BlockOutcomes outcomes,
                           Runnable wakeUp, ReportFormat format, ZoneId zone, Path hostsDeny, WallClock clock,
                           ClockSteps steps, boolean rebooted, Notifier notifier) {
}
