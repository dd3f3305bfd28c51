package org.edgesentry.actions.respond;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.edgesentry.actions.LogCapture;
import org.edgesentry.actions.Requests;
import org.edgesentry.actions.TestSettings;
import org.edgesentry.actions.history.Portsentry2Format;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.config.BlockMethod;
import org.edgesentry.core.config.Modes;
import org.edgesentry.core.config.ResponseMode;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {

    @TempDir
    Path directory;
    private final LogCapture said = new LogCapture("org.edgesentry.actions");
    private final FakeFirewall understudy = new FakeFirewall();

    @AfterEach
    void close() {
        said.close();
    }

    @Test
    void answer_manyProbesUnderAnyRules_understudyBlocksEachAndNothingElseHappens() {
        Path trace = directory.resolve("trace");
        Optional<String> command = Optional.of("touch " + trace + " # $TARGET$");
        Settings.Response everything =
                new Settings.Response(ResponseMode.BLOCK, ResponseMode.BLOCK, command, command, command, true);
        ActionRequest probe = Requests.block("198.18.0.1");
        Spared all = new Spared(CidrParser.parse("198.18.0.0/15"), "the ignore file");

        try (Rehearsal rehearsal = new Rehearsal(understudy, new Portsentry2Format(ZoneOffset.UTC),
                new ResponseRules(everything, TestSettings.blocking(BlockMethod.AUTO), Modes.STEALTH, List.of(all),
                        TestSettings.NOBODY_IS_TOLD, Optional.empty()))) {
            for (int i = 0; i < 300; i++) {
                probe.sourceLo++;
                rehearsal.answer(probe);
            }
        }

        assertThat(understudy.transactions).hasSize(300);
        assertThat(understudy.closed).isTrue();
        assertThat(Files.exists(trace)).isFalse();
        assertThat(said.lines()).isEmpty();
    }
}
