package org.edgesentry.netty.replay.file;

import java.io.EOFException;
import java.io.IOException;

/** Why a capture file is not read, or no further: words for the administrator, without the name of the file. */
public final class UnreadableCapture extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableCapture(String message) {
        super(message);
    }

    /** A failure of the system, or of the unpacking. */
    UnreadableCapture(String message, IOException cause) {
        super(message + ": " + (cause instanceof EOFException ? "it is cut off" : cause.getMessage()), cause);
    }

    UnreadableCapture(String message, long offset) {
        super(message + " at offset " + offset);
    }
}
