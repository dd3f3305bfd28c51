package org.edgesentry.actions.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgesentry.core.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against mail servers that behave badly; {@link MailIT} has a good one. */
@Timeout(60)
class MailTest {

    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Digest DIGEST = NewsFixture.digest("192.0.2.7");

    @TempDir
    Path directory;

    private static Settings.Mail settings(int port, Optional<Path> password) {
        return new Settings.Mail(List.of("root", "admin@example.com"), Optional.empty(),
                new Settings.SmtpServer(false, new Settings.HostPort("127.0.0.1", port)),
                password.map(file -> "edge"), password);
    }

    private static Delivery deliver(ScriptedSmtpServer server, Duration answer, Duration exchange) {
        return deliver(server.port(), answer, exchange);
    }

    private static Delivery deliver(int port, Duration answer, Duration exchange) {
        return new Mail(settings(port, Optional.empty()), "$BLOCKS$ blocked", "$LIST$", answer, exchange)
                .deliver(DIGEST);
    }

    private static Delivery deliver(Map<String, String> script) throws IOException {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(script)) {
            return deliver(server, PATIENT, PATIENT);
        }
    }

    @Test
    void deliver_allIsWell_saysWhoWeAreWithoutAskingAnybody() throws IOException {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(Map.of())) {
            assertThat(deliver(server, PATIENT, PATIENT)).isEqualTo(Delivery.done(""));
            assertThat(server.heard()).contains("EHLO edge1", "MAIL FROM:<edge-sentry@edge1>", "RCPT TO:<root>",
                    "RCPT TO:<admin@example.com>", "Subject: 1 blocked", "Auto-Submitted: auto-generated",
                    "Message-ID: <" + DIGEST.id() + "@edge1>", "To: root, admin@example.com");
        }
    }

    @Test
    void deliver_serverSaysNothing_endsWithTheTimeoutOfAnAnswer() throws IOException {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(Map.of("", ""))) {
            Delivery delivery = deliver(server, SHORT, PATIENT);

            assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.LATER);
            assertThat(delivery.words()).contains("timed out");
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "EHLO", "MAIL", "DATA", "."})
    void deliver_serverStopsTalking_isCutOffAtTheDeadline(String at) throws IOException {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(Map.of(at, ""))) {
            assertThat(deliver(server, PATIENT, SHORT)).isEqualTo(Delivery.later("no end within 300 ms"));
        }
    }

    @ParameterizedTest
    @CsvSource({"RCPT, 550 no such user, NEVER", "RCPT, 451 greylisted, LATER", "MAIL, 553 not you, NEVER",
        "MAIL, 452 disk full, LATER", "., 554 looks like spam, NEVER", "., 451 not now, LATER",
        "'', 421 too busy, LATER"})
    void deliver_serverRefuses_isTriedAgainOrNot(String at, String answer, Delivery.Outcome expected)
            throws IOException {
        Delivery delivery = deliver(Map.of(at, answer));

        assertThat(delivery.outcome()).isEqualTo(expected);
        assertThat(delivery.words()).contains(at.isEmpty() ? "421" : answer);
    }

    @Test
    void deliver_oneReaderIsRefused_goesToTheOtherAndIsSaid() throws IOException {
        Delivery delivery = deliver(Map.of("RCPT TO:<root>", "550 no such user"));

        assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.DELIVERED);
        assertThat(delivery.words()).startsWith("not to [root]: ").contains("550 no such user");
    }

    @Test
    void deliver_passwordIsWrong_isGivenUp_andThePasswordIsNotSaid() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "hunter2\nmore\n");
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(Map.of("EHLO", "250-hello\r\n250 AUTH PLAIN LOGIN",
                "AUTH", "535 who are you", "*", "501 cancelled"))) {
            Delivery delivery = new Mail(settings(server.port(), Optional.of(file)), "s", "t", PATIENT, PATIENT)
                    .deliver(DIGEST);

            assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.NEVER);
            assertThat(delivery.words()).contains("535 who are you").doesNotContain("hunter2");
        }
    }

    @Test
    void deliver_passwordFileIsMissing_isSaid() throws IOException {
        Delivery delivery = new Mail(settings(1, Optional.of(directory.resolve("nothing"))), "s", "t", SHORT, SHORT)
                .deliver(DIGEST);

        assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.LATER);
        assertThat(delivery.words()).startsWith("the password cannot be read: ").contains("nothing");
    }

    @Test
    void deliver_subjectOfSeveralLines_staysOneHeader() throws IOException {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(Map.of())) {
            new Mail(settings(server.port(), Optional.empty()), "x\r\nBcc: evil@example.com\u2028y", ".\\nä",
                    PATIENT, PATIENT).deliver(DIGEST);

            assertThat(server.heard()).noneMatch(line -> line.startsWith("Bcc"))
                    .contains("Subject: x  Bcc: evil@example.com y");
        }
    }

    @Test
    void deliver_nobodyListens_isTriedAgain() throws IOException {
        try (SilentPort nobody = new SilentPort()) {
            Delivery delivery = deliver(nobody.number(), PATIENT, PATIENT);

            assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.LATER);
            assertThat(delivery.words()).contains("127.0.0.1", "Connection refused");
        }
    }
}
