package org.edgesentry.core.config;

import java.util.Optional;
import org.edgesentry.core.config.Settings.Advanced;
import org.edgesentry.core.config.Settings.Blocking;
import org.edgesentry.core.config.Settings.Detection;
import org.edgesentry.core.config.Settings.Files;
import org.edgesentry.core.config.Settings.Mail;
import org.edgesentry.core.config.Settings.Notify;
import org.edgesentry.core.config.Settings.Response;
import org.edgesentry.core.config.Settings.Service;
import org.edgesentry.core.config.Settings.Traps;

/** Puts the values of a file, and the defaults of what it leaves out, into their places in the settings. */
final class SettingsAssembly {

    private final GivenValues given;

    private SettingsAssembly(GivenValues given) {
        this.given = given;
    }

    static Settings of(GivenValues given) {
        return new SettingsAssembly(given).settings();
    }

    private Settings settings() {
        return new Settings(traps(), advanced(), files(), response(), blocking(), detection(), notification(),
                service());
    }

    private Traps traps() {
        Optional<String> banner = given.get(ConfigKeys.PORT_BANNER);
        TrapResponse answer = given.isGiven(ConfigKeys.TRAP_RESPONSE) || banner.isEmpty()
                ? given.get(ConfigKeys.TRAP_RESPONSE)
                : TrapResponse.BANNER;
        return new Traps(given.get(ConfigKeys.TCP_PORTS), given.get(ConfigKeys.UDP_PORTS), banner, answer,
                given.get(ConfigKeys.TRAP_STEER));
    }

    private Advanced advanced() {
        return new Advanced(given.get(ConfigKeys.ADVANCED_PORTS_TCP), given.get(ConfigKeys.ADVANCED_PORTS_UDP),
                given.get(ConfigKeys.ADVANCED_EXCLUDE_TCP), given.get(ConfigKeys.ADVANCED_EXCLUDE_UDP));
    }

    private Files files() {
        return new Files(given.get(ConfigKeys.IGNORE_FILE), given.get(ConfigKeys.HISTORY_FILE),
                given.get(ConfigKeys.BLOCKED_FILE), given.get(ConfigKeys.STATE_DIR), given.get(ConfigKeys.EVENT_LOG));
    }

    private Response response() {
        return new Response(given.get(ConfigKeys.BLOCK_TCP), given.get(ConfigKeys.BLOCK_UDP),
                given.get(ConfigKeys.KILL_ROUTE), given.get(ConfigKeys.KILL_HOSTS_DENY),
                given.get(ConfigKeys.KILL_RUN_CMD), given.get(ConfigKeys.KILL_RUN_CMD_FIRST));
    }

    private Blocking blocking() {
        return new Blocking(given.get(ConfigKeys.BLOCK_METHOD), given.get(ConfigKeys.BLOCK_TIME),
                given.get(ConfigKeys.BLOCK_TIME_FACTOR), given.get(ConfigKeys.BLOCK_TIME_MAX),
                given.get(ConfigKeys.BLOCK_IPV6_PREFIX), given.get(ConfigKeys.BLOCK_RATE),
                given.get(ConfigKeys.BLOCK_MAX), given.get(ConfigKeys.BLOCK_VERIFIED_ONLY),
                given.get(ConfigKeys.BLOCK_OFFLOAD), given.get(ConfigKeys.NEVER_BLOCK_AUTO),
                given.get(ConfigKeys.BLOCK_EXTEND));
    }

    private Detection detection() {
        return new Detection(given.get(ConfigKeys.SCAN_TRIGGER), given.get(ConfigKeys.SCAN_WINDOW),
                given.get(ConfigKeys.HOME_NET), given.get(ConfigKeys.RESOLVE_HOST));
    }

    private Notify notification() {
        Mail mail = new Mail(given.get(ConfigKeys.NOTIFY_MAIL_TO), given.get(ConfigKeys.NOTIFY_MAIL_FROM),
                given.get(ConfigKeys.NOTIFY_SMTP), given.get(ConfigKeys.NOTIFY_SMTP_USER),
                given.get(ConfigKeys.NOTIFY_SMTP_PASSWORD_FILE));
        return new Notify(given.get(ConfigKeys.NOTIFY_WEBHOOK), mail, given.get(ConfigKeys.NOTIFY_COMMAND),
                given.get(ConfigKeys.NOTIFY_ON), given.get(ConfigKeys.NOTIFY_INTERVAL),
                given.get(ConfigKeys.NOTIFY_PER_HOUR), given.get(ConfigKeys.NOTIFY_SUBJECT),
                given.get(ConfigKeys.NOTIFY_TEXT));
    }

    private Service service() {
        return new Service(given.get(ConfigKeys.CONTROL_SOCKET), given.get(ConfigKeys.METRICS_LISTEN),
                given.get(ConfigKeys.PIPELINE));
    }
}
