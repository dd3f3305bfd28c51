package org.edgesentry.actions.block;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.edgesentry.actions.ActionCounters;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.Complaints;
import org.edgesentry.actions.history.BlockedLine;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.ActiveBlocks;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.text.PrintableText;

/**
 * BLOCKED_FILE: the hosts that are blocked now, a line each in the form of PortSentry 1.2 ({@link BlockedLine}).
 *
 * <p>Rewritten as a whole and put in place with one rename, so that a reader sees either the old list or the new one;
 * the less often the longer it is.
 *
 * <p>Thread: action worker only. Errors: a failed write is complained about, counted, and tried again.
 */
public final class BlockedFile {

    private static final Set<OpenOption> NEW_FILE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final FileAttribute<Set<PosixFilePermission>> MODE_0640 =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

    private final Path file;
    private final Path unfinished;
    private final BlockedLine form;
    private final ActionCounters counters;
    private final Complaints complaints;
    private long writtenChanges = -1;
    private long writtenNanos = Long.MIN_VALUE;
    private long notBeforeNanos = Long.MIN_VALUE;

    /** The file, not written yet. */
    public BlockedFile(Path file, ZoneId zone, ActionCounters counters, Complaints complaints) {
        this.file = file.toAbsolutePath();
        this.unfinished = this.file.resolveSibling("." + file.getFileName() + ".new");
        this.form = new BlockedLine(zone);
        this.counters = counters;
        this.complaints = complaints;
    }

    /** Writes the list if it has changed and the last writing is long enough ago. */
    public void writeIfDue(ActiveBlocks blocks, long epochNanos) {
        boolean clockSteppedBack = epochNanos < writtenNanos;
        if (clockSteppedBack || epochNanos >= notBeforeNanos) {
            writeIfChanged(blocks, epochNanos);
        }
    }

    /** Writes the list if it has changed. */
    public void writeIfChanged(ActiveBlocks blocks, long epochNanos) {
        if (blocks.changes() == writtenChanges) {
            return;
        }
        writtenNanos = epochNanos;
        notBeforeNanos = epochNanos + ActionLimits.BLOCKED_FILE_PAUSE.toNanos()
                + TimeUnit.SECONDS.toNanos(blocks.size()) / ActionLimits.BLOCKED_FILE_HOSTS_PER_SECOND;
        try {
            write(blocks);
            writtenChanges = blocks.changes();
        } catch (IOException e) {
            counters.fileWriteFailed();
            String reason = PrintableText.oneLine(String.valueOf(e), ActionLimits.MESSAGE_CHARS);
            complaints.say(epochNanos, "blocked file " + e.getClass(), "BLOCKED_FILE " + file + " cannot be written: "
                    + reason + "; it is tried again");
        }
    }

    private void write(ActiveBlocks blocks) throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(unfinished);
        try (FileChannel channel = FileChannel.open(unfinished, NEW_FILE, MODE_0640);
                BufferedWriter writer = new BufferedWriter(
                        new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (ActiveBlock block : blocks.all()) {
                line.setLength(0);
                append(block, line);
                writer.append(line);
            }
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A block by hand has no probe; the form wants a protocol all the same. */
    private void append(ActiveBlock block, StringBuilder line) {
        String source = block.origin().source().toString();
        int protocol = block.origin().protocol() == 0 ? IpProtocol.TCP : block.origin().protocol();
        form.append(line, block.sinceEpochNanos(), source, source, block.origin().port(), protocol).append('\n');
    }
}
