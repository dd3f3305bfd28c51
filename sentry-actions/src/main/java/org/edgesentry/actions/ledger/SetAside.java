package org.edgesentry.actions.ledger;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.edgesentry.actions.ActionLimits;

/**
 * Ledgers that could not be used, kept under names with the time: {@code ledger.db.damaged-20261126T142000Z}, and
 * {@code .2} behind it when there is one of that second. The latest few stay.
 *
 * <p>Thread: one.
 */
final class SetAside {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path file;
    private final Pattern form;

    SetAside(Path file) {
        this.file = file;
        this.form = Pattern.compile(Pattern.quote(file.getFileName().toString())
                + "\\.damaged-(\\d{8}T\\d{6}Z)(?:\\.(\\d{1,9}))?");
    }

    /** Moves the file and what belongs to it; gives the new name. */
    String move(long epochNanos) throws IOException {
        Path target = freeName(epochNanos);
        moveIfThere(file, target);
        for (String end : LedgerFile.COMPANIONS) {
            moveIfThere(LedgerFile.beside(file, end), LedgerFile.beside(target, end));
        }
        keepLatest();
        return target.getFileName().toString();
    }

    /** The number is higher than all of that second: the order of the names is that of time. */
    private Path freeName(long epochNanos) throws IOException {
        String time = TIME.format(Instant.ofEpochSecond(TimeUnit.NANOSECONDS.toSeconds(epochNanos)));
        int taken = kept().stream().filter(path -> time.equals(time(path))).mapToInt(this::number).max().orElse(0);
        return LedgerFile.beside(file, ".damaged-" + time + (taken == 0 ? "" : "." + (taken + 1)));
    }

    private static void moveIfThere(Path from, Path to) throws IOException {
        if (LedgerFile.isThere(from)) {
            Files.move(from, to);
        }
    }

    private void keepLatest() throws IOException {
        List<Path> kept = kept();
        for (Path oldest : kept.subList(0, Math.max(0, kept.size() - ActionLimits.LEDGERS_SET_ASIDE))) {
            deleteWithCompanions(oldest);
        }
    }

    /** The ledgers that were set aside, oldest first; a log without its ledger counts as one. */
    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.map(this::withoutEnd).filter(path -> matcher(path).matches()).distinct()
                    .sorted(Comparator.comparing(this::time).thenComparing(this::number)).toList();
        }
    }

    private Path withoutEnd(Path path) {
        String name = path.getFileName().toString();
        return path.resolveSibling(LedgerFile.COMPANIONS.stream().filter(name::endsWith).findFirst()
                .map(end -> name.substring(0, name.length() - end.length())).orElse(name));
    }

    private Matcher matcher(Path path) {
        return form.matcher(path.getFileName().toString());
    }

    private String time(Path path) {
        Matcher matcher = matcher(path);
        return matcher.matches() ? matcher.group(1) : "";
    }

    private Integer number(Path path) {
        Matcher matcher = matcher(path);
        return matcher.matches() && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : 1;
    }

    /** A directory that stood in the ledger's place goes only when it is empty: what is in it is not ours. */
    static void deleteWithCompanions(Path file) throws IOException {
        deleteUnlessFull(file);
        for (String end : LedgerFile.COMPANIONS) {
            deleteUnlessFull(LedgerFile.beside(file, end));
        }
    }

    private static void deleteUnlessFull(Path file) throws IOException {
        try {
            Files.deleteIfExists(file);
        } catch (DirectoryNotEmptyException e) {
            return;
        }
    }
}
