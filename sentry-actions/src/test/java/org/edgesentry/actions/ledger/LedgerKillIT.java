package org.edgesentry.actions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was written before SIGKILL is there afterwards. */
class LedgerKillIT {

    private static final int KILLS = 20;

    @TempDir
    private Path temporary;

    @Test
    void write_killedAtAnyMoment_keepsEveryBlockThatWasConfirmed() throws IOException {
        Random random = new Random(20);
        Path unpacked = Files.createDirectory(temporary.resolve("tmp"));
        LedgerFixture fixture = new LedgerFixture(temporary.resolve("state"));
        List<String> confirmed = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            int before = confirmed.size();
            writeAndKill(fixture.directory, unpacked, "10." + kill, random.nextInt(400), confirmed);
            assertThat(confirmed).hasSizeGreaterThan(before).noneMatch(line -> line.contains(" "));
            assertAllThere(fixture, confirmed);
        }
        assertThat(unpacked).isEmptyDirectory();
        assertThat(fixture.setAside()).isEmpty();
    }

    private static void writeAndKill(Path state, Path tmp, String network, int lines, List<String> confirmed)
            throws IOException {
        try (LedgerWriter writer = new LedgerWriter(state, tmp, network)) {
            for (int i = 0; i <= lines; i++) {
                confirmed.add(writer.line());
            }
            confirmed.addAll(writer.kill());
        }
    }

    private static void assertAllThere(LedgerFixture fixture, List<String> confirmed) throws IOException {
        try (SqliteLedger ledger = fixture.open()) {
            for (String target : confirmed) {
                assertThat(ledger.timesBlocked(CidrParser.parse(target))).as(target).isEqualTo(1);
            }
            List<String> active = ledger.active().stream().map(ActiveBlock::target).map(Object::toString).toList();
            assertThat(active).as("odd ones have no end").containsAll(
                    confirmed.stream().filter(target -> (target.charAt(target.length() - 1) & 1) == 1).toList());
        }
        assertThat(fixture.said).isEmpty();
    }
}
