package org.edgesentry.actions.notify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.text.PrintableText;

/**
 * Sends digests as mails. The password is read from its file for each mail, so that a new one needs no reload.
 *
 * <p>Thread: its channel's only.
 */
final class Mail implements Transport {

    private static final int SUBJECT_CHARS = 200;

    private final Settings.Mail mail;
    private final String subject;
    private final String text;
    private final Duration answer;
    private final Duration exchange;

    /** Mails with NOTIFY_SUBJECT and NOTIFY_TEXT; each answer may take so long, and all together so long. */
    Mail(Settings.Mail mail, String subject, String text, Duration answer, Duration exchange) {
        this.mail = mail;
        this.subject = subject;
        this.text = text;
        this.answer = answer;
        this.exchange = exchange;
    }

    @Override
    public String label() {
        return "mail through " + mail.server().address();
    }

    @Override
    public Delivery deliver(Digest digest) {
        String password = "";
        try {
            if (mail.passwordFile().isPresent()) {
                password = firstLine(mail.passwordFile().get());
            }
        } catch (IOException e) {
            return Delivery.later("the password cannot be read: " + e);
        }
        String oneLine = PrintableText.oneLine(DigestText.line(subject, digest), SUBJECT_CHARS);
        Letter letter = new Letter(mail.from().orElse("edge-sentry@" + digest.host()), mail.to(), oneLine,
                DigestText.text(text, digest) + "\n", digest.id(), digest.host(), digest.lastEpochNanos());
        return new SmtpExchange(mail.server(), mail.user(), password, answer, exchange).send(letter);
    }

    private static String firstLine(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            String all = new String(content.readNBytes(ActionLimits.PASSWORD_FILE_BYTES), StandardCharsets.UTF_8);
            return all.lines().findFirst().orElse("");
        }
    }
}
