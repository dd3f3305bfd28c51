package org.edgesentry.core.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PortSet;

/**
 * What portsentry.conf says, with every default filled in. Groups follow the parts of the daemon that read them.
 *
 * <p>Thread: immutable.
 */
public record Settings(Traps traps, Advanced advanced, Files files, Response response, Blocking blocking,
                       Detection detection, Notify notification, Service service) {

    /**
     * The trap ports of the tcp, udp, stealth and connect modes, and what a trap answers.
     *
     * @param tcpPorts TCP_PORTS
     * @param udpPorts UDP_PORTS
     * @param banner PORT_BANNER
     * @param answer TRAP_RESPONSE
     * @param steer TRAP_STEER
     */
    public record Traps(PortSet tcpPorts, PortSet udpPorts, Optional<String> banner, TrapResponse answer,
                        Switch steer) {
    }

    /**
     * The advanced modes of 1.x: every port below a limit that no service has open.
     *
     * @param highestTcp ADVANCED_PORTS_TCP
     * @param highestUdp ADVANCED_PORTS_UDP
     * @param excludedTcp ADVANCED_EXCLUDE_TCP
     * @param excludedUdp ADVANCED_EXCLUDE_UDP
     */
    public record Advanced(int highestTcp, int highestUdp, PortSet excludedTcp, PortSet excludedUdp) {
    }

    /**
     * Files; an absent one is not kept.
     *
     * @param ignore IGNORE_FILE
     * @param history HISTORY_FILE
     * @param blocked BLOCKED_FILE
     * @param stateDirectory STATE_DIR
     * @param eventLog EVENT_LOG
     */
    public record Files(Optional<Path> ignore, Optional<Path> history, Optional<Path> blocked, Path stateDirectory,
                        Optional<Path> eventLog) {
    }

    /**
     * PortSentry's own response options.
     *
     * @param tcp BLOCK_TCP
     * @param udp BLOCK_UDP
     * @param killRoute KILL_ROUTE
     * @param killHostsDeny KILL_HOSTS_DENY
     * @param killRunCommand KILL_RUN_CMD
     * @param runCommandFirst KILL_RUN_CMD_FIRST
     */
    public record Response(ResponseMode tcp, ResponseMode udp, Optional<String> killRoute,
                           Optional<String> killHostsDeny, Optional<String> killRunCommand, boolean runCommandFirst) {

        /** Whether anything is to be done about anybody. */
        public boolean answers() {
            return tcp != ResponseMode.LOG || udp != ResponseMode.LOG;
        }

        /** Whether anybody is to be blocked. */
        public boolean blocks() {
            return tcp == ResponseMode.BLOCK || udp == ResponseMode.BLOCK;
        }
    }

    /**
     * The built-in firewall response.
     *
     * @param method BLOCK_METHOD
     * @param time BLOCK_TIME; zero means until unblocked
     * @param timeFactor BLOCK_TIME_FACTOR
     * @param timeMax BLOCK_TIME_MAX
     * @param ipv6Prefix BLOCK_IPV6_PREFIX
     * @param ratePerSecond BLOCK_RATE
     * @param max BLOCK_MAX
     * @param verifiedOnly BLOCK_VERIFIED_ONLY
     * @param offload BLOCK_OFFLOAD
     * @param neverBlockAuto NEVER_BLOCK_AUTO
     * @param extend BLOCK_EXTEND
     */
    public record Blocking(BlockMethod method, Duration time, int timeFactor, Duration timeMax, int ipv6Prefix,
                           int ratePerSecond, int max, boolean verifiedOnly, Switch offload, boolean neverBlockAuto,
                           boolean extend) {

        /** Whether KILL_ROUTE blocks, and not a built-in firewall. */
        public boolean isByCommand(Response response) {
            return method == BlockMethod.COMMAND || method == BlockMethod.AUTO && response.killRoute().isPresent();
        }

        /**
         * The prefix that stands for one IPv6 host. Commands of old files expect an address and know no prefix, so
         * where KILL_ROUTE blocks each address is a host, as it was with PortSentry.
         */
        public int ipv6HostPrefix(Response response) {
            return isByCommand(response) ? AddressFamily.bits(AddressFamily.IPV6) : ipv6Prefix;
        }
    }

    /**
     * When a probe counts.
     *
     * @param scanTrigger SCAN_TRIGGER
     * @param scanWindow SCAN_WINDOW
     * @param homeNet HOME_NET; empty means the host's own addresses
     * @param resolveHost RESOLVE_HOST
     */
    public record Detection(int scanTrigger, Duration scanWindow, List<Cidr> homeNet, boolean resolveHost) {
    }

    /**
     * Who is told of blocks and scans. Without webhook, mail and command nobody is.
     *
     * @param webhook NOTIFY_WEBHOOK
     * @param mail by mail
     * @param command NOTIFY_COMMAND
     * @param on NOTIFY_ON
     * @param interval NOTIFY_INTERVAL
     * @param perHour NOTIFY_PER_HOUR
     * @param subject NOTIFY_SUBJECT
     * @param text NOTIFY_TEXT, as in the file: {@code \n} stands for the end of a line
     */
    public record Notify(Optional<String> webhook, Mail mail, Optional<String> command, Set<NotifyEvent> on,
                         Duration interval, int perHour, String subject, String text) {
    }

    /**
     * Notifications by mail.
     *
     * @param to NOTIFY_MAIL_TO; empty means no mail
     * @param from NOTIFY_MAIL_FROM; empty means edge-sentry at this host
     * @param server NOTIFY_SMTP
     * @param user NOTIFY_SMTP_USER
     * @param passwordFile NOTIFY_SMTP_PASSWORD_FILE
     */
    public record Mail(List<String> to, Optional<String> from, SmtpServer server, Optional<String> user,
                       Optional<Path> passwordFile) {
    }

    /**
     * A mail server.
     *
     * @param secure whether TLS comes first (smtps)
     * @param address where it listens
     */
    public record SmtpServer(boolean secure, HostPort address) {
    }

    /**
     * How the daemon runs.
     *
     * @param controlSocket CONTROL_SOCKET
     * @param metricsListen METRICS_LISTEN
     * @param pipeline PIPELINE; empty means by the number of cores
     */
    public record Service(Path controlSocket, Optional<HostPort> metricsListen, Optional<PipelineLayout> pipeline) {
    }

    /**
     * An address or a name, not resolved, and a port.
     *
     * @param host IP address or name
     * @param port 1 to 65535
     */
    public record HostPort(String host, int port) {

        @Override
        public String toString() {
            return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
        }
    }
}
