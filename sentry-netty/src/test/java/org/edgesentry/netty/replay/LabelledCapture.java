package org.edgesentry.netty.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;

/**
 * A row of a table of captures: what is known to be in one.
 *
 * @param file the capture
 * @param home addresses that the sensor protects
 * @param scanners those who scan, empty when nobody does
 * @param isShared whether they act together, each of them little
 * @param neutral sources about which both answers are right
 * @param othersAreInnocent whether nobody else may be named
 * @param isScored whether the truth is beyond dispute
 */
record LabelledCapture(Path file, List<Cidr> home, Set<String> scanners, boolean isShared, Set<String> neutral,
                       boolean othersAreInnocent, boolean isScored) {

    private static final int FILE = 0;
    private static final int HOME = 1;
    private static final int SCANNERS = 2;
    private static final int MUST_NOT = 4;
    private static final int SCORE = 5;
    private static final int SIDE_FILE = 2;

    /** The rows of {@code labels.tsv} in a folder of the test resources. */
    static List<LabelledCapture> in(String folder) {
        Path captures = Path.of("src/test/resources/captures", folder);
        try (Stream<String> lines = Files.lines(captures.resolve("labels.tsv"))) {
            return lines.skip(1).map(line -> of(captures, line.split("\t"))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LabelledCapture of(Path captures, String[] row) {
        boolean shared = row[SCANNERS].startsWith("many:");
        Set<String> neutral = new HashSet<>();
        for (String source : row[MUST_NOT].split(",")) {
            if (source.startsWith("!")) {
                neutral.add(source.substring(1));
            }
        }
        return new LabelledCapture(captures.resolve(row[FILE]),
                Arrays.stream(row[HOME].split(",")).map(CidrParser::parse).toList(),
                shared ? listed(captures.resolve(row[SCANNERS].split(":")[SIDE_FILE])) : named(row[SCANNERS]), shared,
                neutral, !row[MUST_NOT].equals("-"), row[SCORE].equals("yes"));
    }

    private static Set<String> named(String scanners) {
        return scanners.equals("-") ? Set.of() : Set.of(scanners.split(","));
    }

    private static Set<String> listed(Path sideFile) {
        try {
            return new HashSet<>(Files.readAllLines(sideFile));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return file.getParent().getFileName() + "/" + file.getFileName();
    }
}
