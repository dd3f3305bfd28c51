package org.edgesentry.actions.history;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.ActionCounters;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.text.PrintableText;

/**
 * HISTORY_FILE: a line a report, appended, never truncated. Lines are collected and go out with one write per
 * {@link #flush}. When the file was renamed or removed meanwhile, as logrotate does, it is opened anew.
 *
 * <p>Thread: action worker only. Errors: after the opening none is thrown. What a full disk did not take is kept, up to
 * {@link ActionLimits#HISTORY_PENDING_BYTES}, and written by a later flush from the byte on where it broke off.
 */
public final class HistoryFile {

    private static final int LINE_CHARS = 1_024;

    private final Path file;
    private final AppendedFile appended;
    private final ActionCounters counters;
    private final Logger log = LogManager.getLogger("edgesentry.alert");
    private byte[] pending = new byte[0];
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private boolean failing;

    /**
     * Opens or makes the file.
     *
     * @throws IOException when it cannot be opened, or is a symbolic link; the message is fit for the administrator
     */
    public static HistoryFile open(Path file, ActionCounters counters) throws IOException {
        AppendedFile appended = new AppendedFile(file);
        try {
            appended.channel();
        } catch (IOException e) {
            throw new IOException("HISTORY_FILE " + file + " cannot be opened: " + words(e), e);
        }
        return new HistoryFile(file, appended, counters);
    }

    private HistoryFile(Path file, AppendedFile appended, ActionCounters counters) {
        this.file = file;
        this.appended = appended;
        this.counters = counters;
    }

    /** Takes one line, without its end; what is not printable in it becomes a blank. */
    public void add(String line) {
        if (isFull() && !failing) {
            flush();
        }
        if (isFull()) {
            counters.linesLost(1);
            return;
        }
        collected.writeBytes(PrintableText.oneLine(line, LINE_CHARS).getBytes(StandardCharsets.UTF_8));
        collected.write('\n');
    }

    private boolean isFull() {
        return pending.length + collected.size() >= ActionLimits.HISTORY_PENDING_BYTES;
    }

    /** Writes what is collected and what an earlier flush could not write. */
    public void flush() {
        takeCollected();
        if (pending.length == 0) {
            return;
        }
        ByteBuffer left = ByteBuffer.wrap(pending);
        try {
            WritableByteChannel channel = appended.channel();
            while (left.hasRemaining()) {
                channel.write(left);
            }
            succeeded();
        } catch (IOException e) {
            failed(e);
        }
        keep(left);
    }

    private void takeCollected() {
        if (collected.size() > 0) {
            byte[] all = new byte[pending.length + collected.size()];
            System.arraycopy(pending, 0, all, 0, pending.length);
            System.arraycopy(collected.toByteArray(), 0, all, pending.length, collected.size());
            pending = all;
            collected.reset();
        }
    }

    private void keep(ByteBuffer left) {
        long lines = 0;
        for (int i = 0; i < left.position(); i++) {
            lines += pending[i] == '\n' ? 1 : 0;
        }
        counters.linesWritten(lines);
        byte[] rest = new byte[left.remaining()];
        left.get(rest);
        pending = rest;
    }

    private void succeeded() {
        if (failing) {
            failing = false;
            log.info("HISTORY_FILE {} is written again", file);
        }
    }

    private void failed(IOException e) {
        counters.fileWriteFailed();
        if (!failing) {
            failing = true;
            log.warn("HISTORY_FILE {} cannot be written: {}; lines are kept and tried again every second, free some "
                    + "disk space or mend the file", file, words(e));
        }
    }

    private static String words(IOException e) {
        return PrintableText.oneLine(String.valueOf(e.getMessage()), ActionLimits.MESSAGE_CHARS);
    }

    /** Writes what is left, as far as the disk takes it, and lets go of the file. */
    public void close() {
        flush();
        for (byte b : pending) {
            counters.linesLost(b == '\n' ? 1 : 0);
        }
        appended.close();
    }
}
