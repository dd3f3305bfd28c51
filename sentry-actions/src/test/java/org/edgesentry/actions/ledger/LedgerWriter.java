package org.edgesentry.actions.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgesentry.core.ledger.BlockEnd;

/**
 * A process of its own that writes one block after the other, and prints each target once it is written. Every second
 * one ends with the block that follows.
 */
public final class LedgerWriter implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    /** Starts it. Its temporary directory is the one given. */
    LedgerWriter(Path stateDirectory, Path temporary, String network) throws IOException {
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-Xmx64m", "-Djava.io.tmpdir=" + temporary,
                "-cp", System.getProperty("java.class.path"), LedgerWriter.class.getName(),
                stateDirectory.toString(), network).redirectErrorStream(true).start();
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Writes until it is killed. Arguments: state directory, the first two bytes of the targets. */
    public static void main(String[] arguments) {
        try (SqliteLedger ledger = SqliteLedger.open(Path.of(arguments[0]), () -> LedgerFixture.NOW,
                line -> System.out.println("said " + line))) {
            List<BlockEnd> ends = new ArrayList<>();
            for (int i = 0; i < 65_536; i++) {
                String target = arguments[1] + "." + (i >> 8) + "." + (i & 0xFF);
                ledger.write(List.of(LedgerFixture.block(target)), ends);
                System.out.println(target);
                ends.clear();
                if (i % 2 == 0) {
                    ends.add(new BlockEnd(LedgerFixture.block(target).target(), i, BlockEnd.How.EXPIRED));
                }
            }
        } catch (IOException e) {
            System.out.println("failed " + e.getMessage());
        }
    }

    /** Its next line; null when it has ended. */
    String line() throws IOException {
        return output.readLine();
    }

    /** SIGKILL; gives the whole lines that it had printed by then. */
    List<String> kill() throws IOException {
        // Process.destroyForcibly would close the stream, and lose what is still in it.
        process.toHandle().destroyForcibly();
        process.onExit().join();
        StringBuilder rest = new StringBuilder();
        for (int character = output.read(); character >= 0; character = output.read()) {
            rest.append((char) character);
        }
        return rest.substring(0, rest.lastIndexOf("\n") + 1).lines().toList();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
