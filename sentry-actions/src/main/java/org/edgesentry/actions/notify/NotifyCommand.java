package org.edgesentry.actions.notify;

import org.edgesentry.actions.command.CommandResult;
import org.edgesentry.actions.command.CommandRunner;

/**
 * NOTIFY_COMMAND: run by the shell, with the text of the digest as its input. An exit status other than 0 means not
 * delivered.
 *
 * <p>Thread: its channel's only.
 */
final class NotifyCommand implements Transport {

    private final CommandRunner runner;
    private final String command;
    private final String text;

    /** The command and NOTIFY_TEXT, as in the configuration. */
    NotifyCommand(CommandRunner runner, String command, String text) {
        this.runner = runner;
        this.command = command;
        this.text = text;
    }

    @Override
    public String label() {
        return "NOTIFY_COMMAND";
    }

    @Override
    public Delivery deliver(Digest digest) {
        CommandResult result = runner.runShell(DigestText.line(command, digest),
                DigestText.text(text, digest) + "\n");
        return result.succeeded() ? Delivery.done("") : Delivery.later(result.words());
    }
}
