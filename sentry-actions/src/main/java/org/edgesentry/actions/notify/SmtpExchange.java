package org.edgesentry.actions.notify;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.config.Settings.SmtpServer;

/**
 * One conversation with a mail server, RFC 5321, by Angus Mail, which only this class and {@link SmtpFailure} know.
 * STARTTLS where it is offered, but not to this host itself: its certificate is rarely signed, and nobody listens in
 * between. A password goes to another host over TLS only.
 *
 * <p>Thread: one, once.
 */
final class SmtpExchange {

    private final SmtpServer server;
    private final Optional<String> user;
    private final String password;
    private final Duration answer;
    private final Duration exchange;
    private final CuttableSockets sockets = new CuttableSockets();

    SmtpExchange(SmtpServer server, Optional<String> user, String password, Duration answer, Duration exchange) {
        this.server = server;
        this.user = user;
        this.password = password;
        this.answer = answer;
        this.exchange = exchange;
    }

    Delivery send(Letter letter) {
        CompletableFuture<Void> deadline = CompletableFuture.runAsync(sockets::cut,
                CompletableFuture.delayedExecutor(exchange.toMillis(), TimeUnit.MILLISECONDS));
        try {
            Session session = Session.getInstance(properties(letter));
            MimeMessage message = message(session, letter);
            try (Transport transport = session.getTransport("smtp")) {
                transport.connect(server.address().host(), server.address().port(), user.orElse(null),
                        user.isPresent() ? password : null);
                transport.sendMessage(message, message.getAllRecipients());
            }
            return Delivery.done("");
        } catch (MessagingException e) {
            return sockets.isCut() ? Delivery.later("no end within " + exchange.toMillis() + " ms") : judge(e);
        } finally {
            deadline.cancel(false);
            sockets.cut();
        }
    }

    private Properties properties(Letter letter) {
        boolean startTls = !server.secure() && !isThisHost(server.address().host());
        Properties properties = new Properties();
        properties.put("mail.smtp.socketFactory", sockets);
        properties.put("mail.smtp.socketFactory.fallback", "false");
        properties.put("mail.smtp.connectiontimeout", Long.toString(answer.toMillis()));
        properties.put("mail.smtp.timeout", Long.toString(answer.toMillis()));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(server.secure()));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.starttls.enable", Boolean.toString(startTls));
        properties.put("mail.smtp.starttls.required", Boolean.toString(startTls && user.isPresent()));
        properties.put("mail.smtp.auth", Boolean.toString(user.isPresent()));
        properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
        properties.put("mail.smtp.sendpartial", "true");
        properties.put("mail.smtp.quitwait", "false");
        // Without these two the library asks the name server who we are.
        properties.put("mail.smtp.localhost", letter.host());
        properties.put("mail.from", letter.from());
        return properties;
    }

    private static boolean isThisHost(String host) {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    private static MimeMessage message(Session session, Letter letter) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + letter.id() + "@" + letter.host() + ">");
            }
        };
        message.setFrom(address(letter.from()));
        for (String reader : letter.to()) {
            message.addRecipient(Message.RecipientType.TO, address(reader));
        }
        message.setSubject(letter.subject(), "UTF-8");
        message.setText(letter.text(), "UTF-8");
        message.setSentDate(new Date(TimeUnit.NANOSECONDS.toMillis(letter.epochNanos())));
        // RFC 3834: no answer of an absent reader comes back.
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    /** As it was written: the configuration has checked it, and {@code root} has no domain. */
    private static InternetAddress address(String text) {
        InternetAddress address = new InternetAddress();
        address.setAddress(text);
        return address;
    }

    private static Delivery judge(MessagingException failure) {
        String words = SmtpFailure.words(failure);
        if (failure instanceof SendFailedException some && some.getValidSentAddresses() != null
                && some.getValidSentAddresses().length > 0) {
            return Delivery.done("not to " + refused(some) + ": " + words);
        }
        boolean forGood = failure instanceof AuthenticationFailedException || SmtpFailure.isForGood(failure);
        return forGood ? Delivery.never(words) : Delivery.later(words);
    }

    private static String refused(SendFailedException failure) {
        Address[] invalid = failure.getInvalidAddresses();
        Address[] unsent = failure.getValidUnsentAddresses();
        return Arrays.toString(invalid != null && invalid.length > 0 ? invalid : unsent);
    }
}
