package org.edgesentry.core.config;

import org.edgesentry.core.config.Settings.HostPort;
import org.edgesentry.core.config.Settings.SmtpServer;
import org.edgesentry.core.text.PrintableText;

/** A mail server: {@code smtp://127.0.0.1:25}, {@code smtps://mail.example.com}; without a port 25 and 465. */
record SmtpServerType() implements ValueType<SmtpServer> {

    private static final String PLAIN = "smtp://";
    private static final String SECURE = "smtps://";

    @Override
    public SmtpServer read(String text, Faults faults) {
        boolean secure = text.startsWith(SECURE);
        if (!secure && !text.startsWith(PLAIN)) {
            faults.at(0, PrintableText.quote(text)
                    + " is no mail server; write it as smtp://mail.example.com:587 or smtps://mail.example.com:465");
            return null;
        }
        HostPort server = ServerText.read(text, secure ? SECURE.length() : PLAIN.length(), secure ? 465 : 25, faults);
        return server == null ? null : new SmtpServer(secure, server);
    }

    @Override
    public String show(SmtpServer value) {
        return (value.secure() ? SECURE : PLAIN) + value.address();
    }
}
