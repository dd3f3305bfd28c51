package org.edgesentry.actions.command;

/**
 * How a command ended.
 *
 * @param succeeded whether it ran and ended with exit status 0
 * @param words what it said; if it did not run to its end, why
 */
public record CommandResult(boolean succeeded, String words) {
}
