package org.edgesentry.actions.notify;

import java.util.Locale;

/** The ways of telling somebody. */
public enum NotifyChannel {

    /** NOTIFY_WEBHOOK. */
    WEBHOOK,
    /** NOTIFY_MAIL_TO. */
    MAIL,
    /** NOTIFY_COMMAND. */
    COMMAND;

    /** The name in metrics and of the thread. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
