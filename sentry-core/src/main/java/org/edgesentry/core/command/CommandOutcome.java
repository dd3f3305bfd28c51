package org.edgesentry.core.command;

/**
 * What became of a command. Thread: immutable.
 *
 * @param done whether it was done
 * @param words one line for the operator: what was done, or why it was not and what to do about it
 */
public record CommandOutcome(boolean done, String words) {

    /** It was done. */
    public static CommandOutcome done(String words) {
        return new CommandOutcome(true, words);
    }

    /** It was not done. */
    public static CommandOutcome refused(String words) {
        return new CommandOutcome(false, words);
    }
}
