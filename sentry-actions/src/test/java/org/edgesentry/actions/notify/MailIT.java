package org.edgesentry.actions.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgesentry.actions.kernel.Tools;
import org.edgesentry.core.config.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mails to a real server, aiosmtpd: plain, and over TLS with a user; the latter in a network namespace. */
@Timeout(120)
class MailIT {

    private static final Path SERVER = Path.of("src/test/resources/notify/smtpd.py").toAbsolutePath();
    /** The one that sees the packages of Debian, whatever comes first in PATH. */
    private static final String PYTHON = "/usr/bin/python3";
    /** Not one that stands for this host, though it is on the loopback interface of the namespace. */
    private static final String ADDRESS = "192.0.2.25";

    @TempDir
    Path directory;
    private Process server;

    @BeforeEach
    void install() {
        Tools.require("aiosmtpd", "python3-aiosmtpd");
        Tools.require("openssl", "openssl");
        Tools.require("unshare", "util-linux");
        Tools.require("ip", "iproute2");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.destroy();
        }
    }

    private int startPlain() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = new ProcessBuilder(PYTHON, SERVER.toString(), "127.0.0.1", Integer.toString(port),
                directory.toString(), "plain").redirectError(ProcessBuilder.Redirect.INHERIT).start();
        assertThat(new BufferedReader(new InputStreamReader(server.getInputStream())).readLine()).isEqualTo("ready");
        return port;
    }

    @Test
    void deliver_realServer_hasTheMail() throws IOException {
        Settings.Mail mail = new Settings.Mail(List.of("root", "admin@example.com"), Optional.empty(),
                new Settings.SmtpServer(false, new Settings.HostPort("127.0.0.1", startPlain())), Optional.empty(),
                Optional.empty());

        Delivery delivery = new Mail(mail, "Häuser: $BLOCKS$ blocked", "On $HOST$\\n$LIST$", Duration.ofSeconds(20),
                Duration.ofSeconds(20)).deliver(NewsFixture.digest("192.0.2.7", "192.0.2.8"));

        assertThat(delivery).isEqualTo(Delivery.done(""));
        assertThat(Files.readAllLines(directory.resolve("1.eml"))).contains(
                "tls=False user=None from=edge-sentry@edge1 to=root,admin@example.com",
                "Subject: =?UTF-8?Q?H=C3=A4user:_2_blocked?=", "From: edge-sentry@edge1",
                "Content-Type: text/plain; charset=UTF-8", "On edge1",
                "192.0.2.7: blocked until 2026-11-22T11:15:30Z (scan, TCP/111)");
    }

    /** Starts the server, sends a mail to it from another process that trusts the certificate or not, and ends both. */
    private String deliver(String way, String password, boolean trusted) throws IOException {
        Path key = directory.resolve("key.pem");
        Path certificate = directory.resolve("certificate.pem");
        Tools.run(List.of("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-days", "2", "-subj", "/CN=mail", "-addext", "subjectAltName=IP:" + ADDRESS, "-keyout",
                key.toString(), "-out", certificate.toString()));
        Path passwordFile = Files.writeString(directory.resolve("password"), password + "\n");
        Path java = Path.of(System.getProperty("java.home"), "bin");
        Path store = directory.resolve("trust.p12");
        List<String> agent = new ArrayList<>(List.of(java.resolve("java").toString(), "-cp",
                System.getProperty("java.class.path")));
        if (trusted) {
            Tools.run(List.of(java.resolve("keytool").toString(), "-importcert", "-noprompt", "-alias", "mail", "-file",
                    certificate.toString(), "-keystore", store.toString(), "-storepass", "changeit"));
            agent.add("-Djavax.net.ssl.trustStore=" + store);
            agent.add("-Djavax.net.ssl.trustStorePassword=changeit");
        }
        agent.addAll(List.of(MailAgent.class.getName(), way.equals("smtps") ? way : "smtp", ADDRESS, "2525",
                passwordFile.toString()));
        String script = "ip link set lo up && ip addr add " + ADDRESS + "/32 dev lo && mkfifo hold ready "
                + "&& { " + PYTHON + " " + SERVER + " " + ADDRESS + " 2525 . " + way
                + " certificate.pem key.pem < hold > ready 2> log & } && exec 3> hold && read up < ready "
                + "&& \"$@\" 2>&1";
        List<String> command = new ArrayList<>(List.of("unshare", "--net", "sh", "-c", "cd " + directory + " && "
                + script, "sh"));
        command.addAll(agent);
        return Tools.run(command).strip();
    }

    @Test
    void deliver_startTlsWithAUser_isEncryptedAndArrives() throws IOException {
        assertThat(deliver("starttls", "secret", true)).isEqualTo("DELIVERED");
        assertThat(Files.readAllLines(directory.resolve("1.eml")))
                .contains("tls=True user=edge from=edge@example.com to=admin@example.com",
                        "Subject: =?UTF-8?Q?H=C3=A4user:_1_blocked?=");
    }

    @Test
    void deliver_tlsFromTheStartWithAUser_arrives() throws IOException {
        assertThat(deliver("smtps", "secret", true)).isEqualTo("DELIVERED");
        assertThat(Files.readAllLines(directory.resolve("1.eml"))).first().asString().contains("user=edge");
    }

    @Test
    void deliver_wrongPassword_isRefused() throws IOException {
        assertThat(deliver("starttls", "wrong", true)).startsWith("NEVER 535").doesNotContain("wrong");
        assertThat(directory.resolve("1.eml")).doesNotExist();
    }

    @Test
    void deliver_certificateIsNotTrusted_isNotToldThePassword() throws IOException {
        assertThat(deliver("starttls", "secret", false)).startsWith("LATER ").contains("certification path");
        assertThat(directory.resolve("1.eml")).doesNotExist();
    }

    @Test
    void deliver_noTlsButAPassword_isNotToldThePassword() throws IOException {
        assertThat(deliver("plain", "secret", true)).startsWith("LATER ").contains("STARTTLS");
        assertThat(directory.resolve("1.eml")).doesNotExist();
    }
}
