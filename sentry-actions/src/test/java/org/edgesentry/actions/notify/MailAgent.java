package org.edgesentry.actions.notify;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.edgesentry.core.config.Settings;

/** Sends one mail from a process of its own, with a trust store of its own: {@code smtp|smtps HOST PORT FILE}. */
final class MailAgent {

    private MailAgent() {
    }

    /** Prints what became of it. */
    public static void main(String... arguments) {
        Settings.Mail mail = new Settings.Mail(List.of("admin@example.com"), Optional.of("edge@example.com"),
                new Settings.SmtpServer(arguments[0].equals("smtps"),
                        new Settings.HostPort(arguments[1], Integer.parseInt(arguments[2]))),
                Optional.of("edge"), Optional.of(Path.of(arguments[3])));
        Delivery delivery = new Mail(mail, "Häuser: $BLOCKS$ blocked", "$LIST$\\nünd 日", Duration.ofSeconds(20),
                Duration.ofSeconds(20)).deliver(NewsFixture.digest("192.0.2.7"));
        System.out.println(delivery.outcome() + " " + delivery.words());
    }
}
