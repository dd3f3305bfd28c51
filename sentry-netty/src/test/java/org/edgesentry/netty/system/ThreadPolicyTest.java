package org.edgesentry.netty.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ThreadPolicyTest {

    private static final Executor NEW_THREAD = work -> new Thread(work).start();

    /** What is set stays with the thread that set it, and ends with it. */
    private static <T> T onNewThread(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, NEW_THREAD).join();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of("/proc/thread-self/" + file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Field 19 of proc_pid_stat(5); the second, in parentheses, may hold blanks. */
    private static int nice() {
        String stat = read("stat");
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
    }

    /** Empty before kernel 6.12. */
    private static String slice() {
        return read("sched").lines().filter(line -> line.startsWith("se.slice")).findFirst().orElse("")
                .replaceAll(".*:\\s*", "");
    }

    @Test
    void shortSlices_threadAndThoseThatItStarts_haveThemAndKeepTheirPriority() {
        assumeThat(Path.of("/proc/thread-self/sched")).exists();
        String before = slice();
        assumeThat(before).isNotEmpty();
        int nice = nice();

        List<String> after = onNewThread(() -> {
            ThreadPolicy.shortSlices();
            return List.of(slice(), onNewThread(ThreadPolicyTest::slice), String.valueOf(nice()));
        });

        assertThat(after).containsExactly("500000", "500000", String.valueOf(nice));
        assertThat(slice()).isEqualTo(before);
    }
}
