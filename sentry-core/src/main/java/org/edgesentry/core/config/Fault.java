package org.edgesentry.core.config;

/**
 * One mistake in a configuration file, told so that an editor can jump to it.
 *
 * <p>Thread: immutable.
 *
 * @param file name of the file as it was given
 * @param line line number, from 1
 * @param column first wrong character of the line, from 1
 * @param message what is wrong and what to write instead; one line, printable, of bounded length
 */
public record Fault(String file, int line, int column, String message) {

    /** {@code FILE:LINE: message (column N)}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + message + " (column " + column + ")";
    }
}
