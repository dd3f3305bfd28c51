package org.edgesentry.actions;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.edgesentry.core.config.BlockMethod;
import org.edgesentry.core.config.NotifyEvent;
import org.edgesentry.core.config.ResponseMode;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.config.Switch;
import org.edgesentry.core.config.TrapResponse;
import org.edgesentry.core.net.PortSet;

/** Settings with the defaults of the contract. */
public final class TestSettings {

    /** No webhook, no mail, no command. */
    public static final Settings.Notify NOBODY_IS_TOLD = new Settings.Notify(Optional.empty(),
            new Settings.Mail(List.of(), Optional.empty(),
                    new Settings.SmtpServer(false, new Settings.HostPort("127.0.0.1", 25)), Optional.empty(),
                    Optional.empty()),
            Optional.empty(), EnumSet.allOf(NotifyEvent.class), Duration.ofMinutes(1), 20,
            "$BLOCKS$ blocked, $SCANS$ scans", "$HOST$\\n$LIST$");

    private TestSettings() {
    }

    /** The firewall part, for this method. */
    public static Settings.Blocking blocking(BlockMethod method) {
        return blocking(method, 10_000);
    }

    /** The firewall part, for this method and BLOCK_MAX. */
    public static Settings.Blocking blocking(BlockMethod method, int max) {
        return new Settings.Blocking(method, Duration.ofHours(1), 2, Duration.ofDays(7), 64, 1000, max, false,
                Switch.AUTO, true, false);
    }

    /** Blocking on, with this KILL_ROUTE; empty is none. */
    public static Settings.Response response(String killRoute) {
        return new Settings.Response(ResponseMode.BLOCK, ResponseMode.BLOCK,
                killRoute.isEmpty() ? Optional.empty() : Optional.of(killRoute), Optional.empty(), Optional.empty(),
                false);
    }

    /** Settings with these files. */
    public static Settings files(Optional<Path> history, Optional<Path> blocked, int blockMax) {
        return new Settings(
                new Settings.Traps(PortSet.EMPTY, PortSet.EMPTY, Optional.empty(), TrapResponse.CLOSE, Switch.AUTO),
                new Settings.Advanced(1024, 1024, PortSet.EMPTY, PortSet.EMPTY),
                new Settings.Files(Optional.empty(), history, blocked, Path.of("/nonexistent"), Optional.empty()),
                response(""), blocking(BlockMethod.AUTO, blockMax),
                new Settings.Detection(0, Duration.ofHours(24), List.of(), false),
                NOBODY_IS_TOLD,
                new Settings.Service(Path.of("/nonexistent"), Optional.empty(), Optional.empty()));
    }
}
