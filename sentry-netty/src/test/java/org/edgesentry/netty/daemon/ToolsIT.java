package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.edgesentry.netty.lab.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shell completion and the manual page, as a shell and a formatter take them. */
class ToolsIT {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"unb, unblock", "rel, reload", "hosts --l, --limit", "block --fo, --force --for",
        "run --st, --stealth",
        "blocks --js, --json"})
    void completion_beginningOfAWord_isCompletedByBash(String typed, String completed) throws IOException {
        Path script = directory.resolve("completion");
        Files.writeString(script, CommandRun.sentry("completion").out());
        String[] words = typed.split(" ");
        CommandRun run = CommandRun.of(List.of("bash", "--norc", "-c", "source " + script
                + "; compopt() { :; }; COMP_WORDS=(sentry "
                + typed + "); COMP_CWORD=" + words.length + "; COMP_LINE='sentry " + typed + "'; "
                + "$(complete -p sentry | sed 's/.*-F \\([^ ]*\\) .*/\\1/'); echo ${COMPREPLY[@]}"));
        assertThat(run).isEqualTo(new CommandRun(0, completed + "\n", ""));
    }

    @Test
    void man_page_isCleanAndTellsEveryCommand() throws IOException {
        Shell.need("mandoc", "mandoc");
        CommandRun man = CommandRun.sentry("man");
        assertThat(man.status()).isZero();
        Path page = Files.writeString(directory.resolve("sentry.8"), man.out());
        assertThat(CommandRun.of(List.of("mandoc", "-T", "lint", "-W", "warning", page.toString())))
                .isEqualTo(new CommandRun(0, "", ""));
        String text = Shell.run(List.of("mandoc", "-T", "ascii", "-O", "width=100", page.toString()))
                .replaceAll(".\b", "");
        assertThat(text).contains("SENTRY(8)", "sentry - detects port scans", "sentry block [-c FILE]",
                "sentry unblock", "--for TIME", "EXIT STATUS", "/run/edge-sentry.sock", "sentry blocks --json | jq");
    }
}
