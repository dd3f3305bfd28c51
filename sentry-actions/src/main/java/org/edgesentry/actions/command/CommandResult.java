package org.edgesentry.actions.command;

/**
 * How a command ended.
 *
 * @param started whether it ran at all
 * @param succeeded whether it ran to its end, with exit status 0
 * @param words what it said; if it did not run to its end, why
 */
public record CommandResult(boolean started, boolean succeeded, String words) {

    /** The end of a command that ran. */
    public CommandResult(boolean succeeded, String words) {
        this(true, succeeded, words);
    }

    /** A command that did not run, and why. */
    public static CommandResult notStarted(String words) {
        return new CommandResult(false, false, words);
    }
}
