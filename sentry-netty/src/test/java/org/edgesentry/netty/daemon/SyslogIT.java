package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.SyslogServer;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log in the hands of rsyslog: over the local socket, and over UDP, TCP and TLS with the shipped configuration. */
class SyslogIT {

    private static final Path CHECKOUT = Path.of(System.getProperty("sentry.checkout", "..")).toAbsolutePath();
    private static final String PROBE =
            "attackalert: TCP SYN/Normal scan from host: 10\\.77\\.0\\.1/10\\.77\\.0\\.1 to TCP port: 11";

    private static TwoHosts hosts;

    @TempDir
    private Path directory;

    @BeforeAll
    static void openLab() {
        Shell.need("nmap", "nmap");
        Shell.need("nft", "nftables");
        Shell.need("openssl", "openssl");
        Shell.need("rsyslogd", "rsyslog");
        hosts = new TwoHosts();
    }

    @AfterAll
    static void closeLab() {
        hosts.close();
    }

    @BeforeEach
    void clearTable() {
        hosts.onSensor("nft flush ruleset");
    }

    @Test
    void localSocket_linesComeFromPortsentry() throws IOException {
        try (SyslogServer server = localServer(); SentryProcess sentry = start("log4j2.xml", "-l", "syslog")) {
            server.awaitLine("daemon\\.notice portsentry portsentry\\[\\d+\\]: .*is now active and listening.*");
            scan();
            server.awaitLine("daemon\\.notice portsentry portsentry\\[\\d+\\]:  ?" + PROBE + " *");
            server.awaitLine(".*portsentry\\[\\d+\\]:  ?attackalert: Host 10\\.77\\.0\\.1 has been blocked via .*");
            assertThat(sentry.lines()).noneMatch(line -> line.contains("attackalert"));
        }
    }

    @Test
    void localSocket_serverIsStartedAgain_linesGoOn() throws IOException {
        SyslogServer first = localServer();
        try (SentryProcess sentry = start("log4j2.xml", "-l", "syslog")) {
            first.awaitLine(".*is now active and listening.*");
            first.close();
            Files.deleteIfExists(directory.resolve("log"));
            try (SyslogServer second = localServer()) {
                await().until(() -> Files.exists(directory.resolve("log")));
                scan();
                second.awaitLine(".*" + PROBE + " *");
            }
        }
    }

    @Test
    void localSocket_isMissing_blocksAndStopsAllTheSame() throws IOException {
        try (SentryProcess sentry = start("log4j2.xml", "-l", "syslog")) {
            sentry.awaitLine("takes no messages");
            awaitReadyBySocket();
            scan();
            awaitBlocked();
            assertThat(sentry.terminate()).isZero();
        }
    }

    @Test
    void localSocket_readerIsStuck_blocksAndStopsAllTheSame() throws IOException {
        try (SyslogServer server = localServer(); SentryProcess sentry = start("log4j2.xml", "-l", "syslog")) {
            server.awaitLine(".*is now active and listening.*");
            server.signal("STOP");
            // More lines than the queue of a socket and its buffer hold.
            hosts.onScanner("nmap -n -Pn -sS --min-rate 1000 --max-retries 0 --host-timeout 10s -D RND:30 -p 11-100 "
                    + TwoHosts.SENSOR_V4);
            awaitBlocked();
            assertThat(sentry.terminate()).isZero();
            server.signal("CONT");
        }
    }

    @ParameterizedTest
    @CsvSource({"UDP, 514", "TCP, 514", "TLS, 6514"})
    void remoteServer_getsLinesAsRfc5424(String transport, int port) throws IOException {
        String inputs = switch (transport) {
            case "UDP" -> "module(load=\"imudp\")\ninput(type=\"imudp\" address=\"127.0.0.1\" port=\"514\")";
            case "TCP" -> "module(load=\"imtcp\")\ninput(type=\"imtcp\" address=\"127.0.0.1\" port=\"514\")";
            default -> tlsInput();
        };
        try (SyslogServer server = new SyslogServer(hosts.sensorPrefix(), directory, inputs)) {
            String proto = transport.equals("UDP") ? "-lun" : "-ltn";
            await().until(() -> hosts.onSensor("ss " + proto).contains("127.0.0.1:" + port));
            try (SentryProcess sentry = start(remote(transport))) {
                sentry.awaitReady();
                scan();
                server.awaitLine("daemon\\.info portsentry portsentry\\[\\d+\\] " + PROBE);
                server.awaitLine(".* attackalert: Host 10\\.77\\.0\\.1 has been blocked via .*");
                sentry.awaitLine(PROBE);
            }
        }
    }

    @Test
    void remoteServer_isAway_blocksAndStopsAllTheSame() throws IOException {
        try (SentryProcess sentry = start(remote("TCP"))) {
            sentry.awaitReady();
            scan();
            awaitBlocked();
            assertThat(sentry.terminate()).isZero();
        }
    }

    private SyslogServer localServer() throws IOException {
        return new SyslogServer(hosts.sensorPrefix(), directory, """
                module(load="imuxsock" SysSock.Use="off")
                input(type="imuxsock" Socket="%s/log" RateLimit.Interval="0")
                """.formatted(directory));
    }

    /** A certificate for localhost that signs itself, for the server and for the trust store of the daemon. */
    private String tlsInput() throws IOException {
        Shell.install("rsyslog-gnutls");
        Shell.run(List.of("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", directory + "/key.pem", "-out",
                directory + "/ca.pem"));
        Shell.run(List.of(System.getProperty("java.home") + "/bin/keytool", "-importcert", "-noprompt", "-alias", "ca",
                "-file", directory + "/ca.pem", "-storetype", "PKCS12", "-keystore", directory + "/syslog-ca.p12",
                "-storepass", "changeit"));
        return """
                global(defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="%1$s/ca.pem"
                       defaultNetstreamDriverCertFile="%1$s/ca.pem" defaultNetstreamDriverKeyFile="%1$s/key.pem")
                module(load="imtcp" StreamDriver.Name="gtls" StreamDriver.Mode="1" StreamDriver.AuthMode="anon")
                input(type="imtcp" address="127.0.0.1" port="6514")
                """.formatted(directory);
    }

    /** The shipped file with one appender out of its comment, as docs/logging.md tells the administrator. */
    private String remote(String transport) throws IOException {
        String text = Files.readString(CHECKOUT.resolve("conf/log4j2-remote.xml"));
        int from = text.indexOf("<!-- " + transport);
        int begin = text.indexOf("<Syslog ", from);
        int end = text.indexOf(transport + " -->", begin);
        String appender = text.substring(begin, end).replace("syslog.example", "localhost")
                .replace("/etc/edge-sentry/syslog-ca.p12", directory + "/syslog-ca.p12");
        Files.writeString(directory.resolve("remote.xml"),
                text.substring(0, from) + appender + text.substring(end + (transport + " -->").length()));
        return directory.resolve("remote.xml").toString();
    }

    private void scan() {
        hosts.onScanner("nmap -n -Pn -sS --max-retries 0 --host-timeout 10s -p 11 " + TwoHosts.SENSOR_V4);
    }

    private static void awaitBlocked() {
        await().untilAsserted(() -> assertThat(hosts.onSensor("nft list set inet edge_sentry blocked4"))
                .contains("10.77.0.1"));
    }

    /** The line that says so went nowhere. */
    private void awaitReadyBySocket() {
        await().until(() -> hosts.onSensor("cat /proc/net/packet").lines().count() > 1);
    }

    /** An installation of its own: the launcher, the shipped jar, and this configuration of the log. */
    private SentryProcess start(String logConfiguration, String... options) throws IOException {
        Path home = Files.createDirectories(directory.resolve("home/conf")).getParent();
        Files.copy(CHECKOUT.resolve("sentry"), home.resolve("sentry"));
        Files.copy(CHECKOUT.resolve("conf/jvm.options"), home.resolve("conf/jvm.options"));
        String log = Files.readString(CHECKOUT.resolve("conf").resolve(logConfiguration));
        Files.writeString(home.resolve("conf/log4j2.xml"), log.replace("/dev/log", directory + "/log"));
        Path target = Files.createDirectories(home.resolve("sentry-netty/target"));
        Files.copy(CHECKOUT.resolve("sentry-netty/target/edge-sentry.jar"), target.resolve("edge-sentry.jar"));
        Path configuration = Files.writeString(directory.resolve("conf"), """
                TCP_PORTS="11-100"
                UDP_PORTS="69"
                BLOCK_TCP="1"
                CONTROL_SOCKET="%1$s/socket"
                STATE_DIR="%1$s/state"
                """.formatted(directory));
        List<String> arguments = new ArrayList<>(List.of("run", "-c", configuration.toString(), "-stcp"));
        arguments.addAll(Stream.of(options).toList());
        return new SentryProcess(hosts.sensorPrefix(), home.resolve("sentry"), directory,
                arguments.toArray(String[]::new));
    }
}
