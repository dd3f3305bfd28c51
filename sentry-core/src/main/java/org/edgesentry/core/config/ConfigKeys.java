package org.edgesentry.core.config;

import static org.edgesentry.core.config.ConfigKey.ALWAYS;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.edgesentry.core.config.Settings.HostPort;
import org.edgesentry.core.config.Settings.SmtpServer;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PortSet;

/**
 * The keys of portsentry.conf, in the order of the shipped file: those of PortSentry 1.2 and 2.0, and our own.
 *
 * <p>Thread: immutable.
 */
final class ConfigKeys {

    private static final Map<String, ConfigKey<?>> BY_NAME = new LinkedHashMap<>();

    private static final ValueType<PortSet> PORTS = new PortListType();
    private static final ValueType<Boolean> FLAG = ChoiceType.flag();
    private static final ValueType<Switch> SWITCH = ChoiceType.switchOrAuto();
    private static final ValueType<ResponseMode> RESPONSE = ChoiceType.byNumber(ResponseMode.class);
    private static final ValueType<Integer> HIGHEST_PORT = new WholeNumberType(1, 65_535, "");
    private static final ValueType<Optional<String>> TEXT = new OptionalType<>(new TextType());
    private static final ValueType<Optional<String>> TEMPLATE =
            new OptionalType<>(new TemplateType(TemplateType.RESPONSE));
    private static final ValueType<String> NOTICE = new TemplateType(TemplateType.NOTICE);
    private static final ValueType<Optional<Path>> FILE = new OptionalType<>(new PathType(PathType.FILE_BYTES, true));
    private static final ValueType<Optional<Path>> OWN_FILE =
            new OptionalType<>(new PathType(PathType.FILE_BYTES, false));
    private static final ValueType<Duration> DURATION = new DurationType(Duration.ZERO);
    private static final ValueType<Duration> SOME_TIME = new DurationType(Duration.ofSeconds(1));

    // What is watched
    static final ConfigKey<PortSet> TCP_PORTS = old("TCP_PORTS", PORTS, "", s -> s.traps().tcpPorts(), ALWAYS,
            "TCP trap ports");
    static final ConfigKey<PortSet> UDP_PORTS = old("UDP_PORTS", PORTS, "", s -> s.traps().udpPorts(), ALWAYS,
            "UDP trap ports");
    static final ConfigKey<List<Cidr>> HOME_NET = own("HOME_NET", new NetworkListType(), "",
            s -> s.detection().homeNet(), ALWAYS, "networks to protect");

    // Who is left alone
    static final ConfigKey<Optional<Path>> IGNORE_FILE = old("IGNORE_FILE", FILE, "", s -> s.files().ignore(), ALWAYS,
            "list of hosts that are left alone");
    static final ConfigKey<Boolean> NEVER_BLOCK_AUTO = own("NEVER_BLOCK_AUTO", FLAG, "1",
            s -> s.blocking().neverBlockAuto(), ALWAYS, "never block what this host depends on");

    // Response
    static final ConfigKey<ResponseMode> BLOCK_TCP = old("BLOCK_TCP", RESPONSE, "0", s -> s.response().tcp(),
            ALWAYS, "response to TCP scans");
    static final ConfigKey<ResponseMode> BLOCK_UDP = old("BLOCK_UDP", RESPONSE, "0", s -> s.response().udp(),
            ALWAYS, "response to UDP scans");
    static final ConfigKey<BlockMethod> BLOCK_METHOD = own("BLOCK_METHOD", ChoiceType.byName(BlockMethod.class), "auto",
            s -> s.blocking().method(), ALWAYS, "how a source is blocked");
    static final ConfigKey<Duration> BLOCK_TIME = own("BLOCK_TIME", DURATION, "1h", s -> s.blocking().time(), ALWAYS,
            "how long the first block lasts");
    static final ConfigKey<Integer> BLOCK_TIME_FACTOR = own("BLOCK_TIME_FACTOR", new WholeNumberType(1, 100, ""), "2",
            s -> s.blocking().timeFactor(), ALWAYS, "how much longer each further block lasts");
    static final ConfigKey<Duration> BLOCK_TIME_MAX = own("BLOCK_TIME_MAX", SOME_TIME, "7d",
            s -> s.blocking().timeMax(), ALWAYS, "how long a block lasts at most");
    static final ConfigKey<Boolean> BLOCK_EXTEND = own("BLOCK_EXTEND", FLAG, "0", s -> s.blocking().extend(), ALWAYS,
            "probes of a blocked host extend its block");
    static final ConfigKey<Integer> BLOCK_IPV6_PREFIX = own("BLOCK_IPV6_PREFIX", new WholeNumberType(32, 128,
            "; a shorter prefix is a whole provider, one scanner would shut out all its customers"), "64",
            s -> s.blocking().ipv6Prefix(), ALWAYS, "prefix that stands for one IPv6 host");
    static final ConfigKey<Integer> BLOCK_RATE = own("BLOCK_RATE", new WholeNumberType(1, 1_000_000, ""), "1000",
            s -> s.blocking().ratePerSecond(), ALWAYS, "blocks a second at most");
    static final ConfigKey<Integer> BLOCK_MAX = own("BLOCK_MAX", new WholeNumberType(1, 10_000_000, ""), "200000",
            s -> s.blocking().max(), ALWAYS, "blocks at a time at most");
    static final ConfigKey<Boolean> BLOCK_VERIFIED_ONLY = own("BLOCK_VERIFIED_ONLY", FLAG, "0",
            s -> s.blocking().verifiedOnly(), ALWAYS, "block only after a completed TCP handshake");
    static final ConfigKey<Switch> BLOCK_OFFLOAD = own("BLOCK_OFFLOAD", SWITCH, "auto", s -> s.blocking().offload(),
            ALWAYS, "let the kernel block the source of the first probe");

    // PortSentry's own responses
    static final ConfigKey<Optional<String>> KILL_ROUTE = old("KILL_ROUTE", TEMPLATE, "",
            s -> s.response().killRoute(), ALWAYS, "command that blocks a source");
    static final ConfigKey<Optional<String>> KILL_HOSTS_DENY = old("KILL_HOSTS_DENY", TEMPLATE, "",
            s -> s.response().killHostsDeny(), ALWAYS, "line for hosts.deny");
    static final ConfigKey<Optional<String>> KILL_RUN_CMD = old("KILL_RUN_CMD", TEMPLATE, "",
            s -> s.response().killRunCommand(), ALWAYS, "command to run for each scanner");
    static final ConfigKey<Boolean> KILL_RUN_CMD_FIRST = old("KILL_RUN_CMD_FIRST", FLAG, "0",
            s -> s.response().runCommandFirst(), ALWAYS, "run the command before the block");

    // When a host counts as a scanner
    static final ConfigKey<Integer> SCAN_TRIGGER = old("SCAN_TRIGGER", new WholeNumberType(0, 65_535, ""), "0",
            s -> s.detection().scanTrigger(), ALWAYS, "probes before the response");
    static final ConfigKey<Duration> SCAN_WINDOW = own("SCAN_WINDOW", SOME_TIME, "24h",
            s -> s.detection().scanWindow(), ALWAYS, "silence after which a host is forgotten");

    // What a trap answers
    static final ConfigKey<Optional<String>> PORT_BANNER = old("PORT_BANNER", TEXT, "", s -> s.traps().banner(),
            ALWAYS, "text that a connect trap sends");
    /** Without it, a banner that is set is sent: {@link SettingsAssembly}. */
    static final ConfigKey<TrapResponse> TRAP_RESPONSE = own("TRAP_RESPONSE", ChoiceType.byName(TrapResponse.class),
            "close", s -> s.traps().answer(), ALWAYS, "what a connect trap does");
    static final ConfigKey<Switch> TRAP_STEER = own("TRAP_STEER", SWITCH, "auto", s -> s.traps().steer(),
            ALWAYS, "one listener for all connect traps");

    // What is written down
    static final ConfigKey<Optional<Path>> HISTORY_FILE = old("HISTORY_FILE", FILE, "", s -> s.files().history(),
            ALWAYS, "file of all scans");
    static final ConfigKey<Optional<Path>> BLOCKED_FILE = old("BLOCKED_FILE", FILE, "", s -> s.files().blocked(),
            ALWAYS, "file of the hosts that are blocked now");
    static final ConfigKey<Optional<Path>> EVENT_LOG = own("EVENT_LOG", OWN_FILE, "", s -> s.files().eventLog(),
            Optional::isEmpty, "file of JSON events");
    static final ConfigKey<Boolean> RESOLVE_HOST = old("RESOLVE_HOST", FLAG, "0", s -> s.detection().resolveHost(),
            ALWAYS, "look up the names of scanners");
    static final ConfigKey<Path> STATE_DIR = own("STATE_DIR", new PathType(PathType.FILE_BYTES, false),
            "/var/lib/edge-sentry", s -> s.files().stateDirectory(), ALWAYS, "directory of the ledger of blocks");

    // Who is told
    static final ConfigKey<Optional<String>> NOTIFY_WEBHOOK = own("NOTIFY_WEBHOOK",
            new OptionalType<>(new WebAddressType()), "", s -> s.notification().webhook(), ALWAYS,
            "web address that notifications are posted to");
    static final ConfigKey<List<String>> NOTIFY_MAIL_TO = own("NOTIFY_MAIL_TO", new MailListType(), "",
            s -> s.notification().mail().to(), ALWAYS, "who gets notifications by mail");
    static final ConfigKey<Optional<String>> NOTIFY_MAIL_FROM = own("NOTIFY_MAIL_FROM",
            new OptionalType<>(new MailAddressType()), "", s -> s.notification().mail().from(), ALWAYS,
            "sender of these mails");
    static final ConfigKey<SmtpServer> NOTIFY_SMTP = own("NOTIFY_SMTP", new SmtpServerType(), "smtp://127.0.0.1:25",
            s -> s.notification().mail().server(), ALWAYS, "mail server that takes them");
    static final ConfigKey<Optional<String>> NOTIFY_SMTP_USER = own("NOTIFY_SMTP_USER", TEXT, "",
            s -> s.notification().mail().user(), ALWAYS, "user at the mail server");
    static final ConfigKey<Optional<Path>> NOTIFY_SMTP_PASSWORD_FILE = own("NOTIFY_SMTP_PASSWORD_FILE", OWN_FILE, "",
            s -> s.notification().mail().passwordFile(), ALWAYS, "file of that user's password");
    static final ConfigKey<Optional<String>> NOTIFY_COMMAND = own("NOTIFY_COMMAND", new OptionalType<>(NOTICE), "",
            s -> s.notification().command(), ALWAYS, "command that is run for a notification");
    static final ConfigKey<Set<NotifyEvent>> NOTIFY_ON = own("NOTIFY_ON", new ChoiceListType<>(NotifyEvent.class),
            "block,scan", s -> s.notification().on(), ALWAYS, "what is told");
    static final ConfigKey<Duration> NOTIFY_INTERVAL = own("NOTIFY_INTERVAL", SOME_TIME, "1m",
            s -> s.notification().interval(), ALWAYS, "time between two notifications");
    static final ConfigKey<Integer> NOTIFY_PER_HOUR = own("NOTIFY_PER_HOUR", new WholeNumberType(1, 3_600, ""), "20",
            s -> s.notification().perHour(), ALWAYS, "notifications an hour at most");
    static final ConfigKey<String> NOTIFY_SUBJECT = own("NOTIFY_SUBJECT", NOTICE,
            "Edge Sentry on $HOST$: $BLOCKS$ blocked, $SCANS$ scans", s -> s.notification().subject(), ALWAYS,
            "subject of a notification");
    static final ConfigKey<String> NOTIFY_TEXT = own("NOTIFY_TEXT", new TemplateType(TemplateType.NOTICE_TEXT),
            "$TIME$ $HOST$: $BLOCKS$ blocked, $SCANS$ scans\\n\\n$LIST$", s -> s.notification().text(), ALWAYS,
            "text of a notification");

    // The daemon
    static final ConfigKey<Path> CONTROL_SOCKET = own("CONTROL_SOCKET", new PathType(PathType.SOCKET_BYTES, false),
            "/run/edge-sentry.sock", s -> s.service().controlSocket(), ALWAYS, "socket for the control commands");
    static final ConfigKey<Optional<HostPort>> METRICS_LISTEN = own("METRICS_LISTEN",
            new OptionalType<>(new ListenAddressType()), "", s -> s.service().metricsListen(), ALWAYS,
            "address of the Prometheus endpoint");
    static final ConfigKey<Optional<PipelineLayout>> PIPELINE = own("PIPELINE",
            new OptionalType<>(ChoiceType.byName(PipelineLayout.class)), "", s -> s.service().pipeline(), ALWAYS,
            "how the handlers are laid on threads");

    // The advanced modes of 1.x
    static final ConfigKey<Integer> ADVANCED_PORTS_TCP = old("ADVANCED_PORTS_TCP", HIGHEST_PORT, "1024",
            s -> s.advanced().highestTcp(), ALWAYS, "highest TCP port of -atcp");
    static final ConfigKey<Integer> ADVANCED_PORTS_UDP = old("ADVANCED_PORTS_UDP", HIGHEST_PORT, "1024",
            s -> s.advanced().highestUdp(), ALWAYS, "highest UDP port of -audp");
    static final ConfigKey<PortSet> ADVANCED_EXCLUDE_TCP = old("ADVANCED_EXCLUDE_TCP", PORTS, "113,139",
            s -> s.advanced().excludedTcp(), ALWAYS, "TCP ports that -atcp leaves out");
    static final ConfigKey<PortSet> ADVANCED_EXCLUDE_UDP = old("ADVANCED_EXCLUDE_UDP", PORTS, "520,138,137,67",
            s -> s.advanced().excludedUdp(), ALWAYS, "UDP ports that -audp leaves out");

    static final List<ConfigKey<?>> ALL = Collections.unmodifiableList(new ArrayList<>(BY_NAME.values()));

    private ConfigKeys() {
    }

    /** The key of that name, exactly as it is written. */
    static Optional<ConfigKey<?>> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static <T> ConfigKey<T> old(String name, ValueType<T> type, String defaultText,
                                        Function<Settings, T> setting, Predicate<? super T> actedOn,
                                        String description) {
        return add(new ConfigKey<>(name, true, type, defaultText, setting, actedOn, description));
    }

    private static <T> ConfigKey<T> own(String name, ValueType<T> type, String defaultText,
                                        Function<Settings, T> setting, Predicate<? super T> actedOn,
                                        String description) {
        return add(new ConfigKey<>(name, false, type, defaultText, setting, actedOn, description));
    }

    private static <T> ConfigKey<T> add(ConfigKey<T> key) {
        BY_NAME.put(key.name(), key);
        return key;
    }
}
