package org.edgesentry.actions.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.LogManager;
import org.edgesentry.actions.ActionCounters;
import org.edgesentry.actions.Complaints;
import org.edgesentry.actions.LogCapture;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.ActiveBlocks;
import org.edgesentry.core.ledger.BlockOrigin;
import org.edgesentry.core.ledger.BlockReason;
import org.edgesentry.core.ledger.ProbedPort;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.IpProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockedFileTest {

    private static final Pattern FAIL2BAN_1 = Pattern.compile("/(\\S+) Port: [0-9]+ (TCP|UDP) Blocked$");

    @TempDir
    private Path directory;
    private final LogCapture log = new LogCapture();
    private final ActionCounters counters = new ActionCounters();
    private final ActiveBlocks blocks = new ActiveBlocks(100);
    private Path path;
    private BlockedFile file;

    @BeforeEach
    void make() {
        path = directory.resolve("portsentry/portsentry.blocked");
        file = file(path);
    }

    @AfterEach
    void stop() {
        log.close();
    }

    private BlockedFile file(Path of) {
        return new BlockedFile(of, ZoneId.of("America/Chicago"), counters,
                new Complaints(LogManager.getLogger("edgesentry.alert")));
    }

    private void block(String source, String target, long sinceSeconds, int protocol, int port) {
        Cidr address = CidrParser.parse(source);
        BlockOrigin origin = new BlockOrigin(BlockReason.PROBE, address, protocol, port);
        blocks.put(new ActiveBlock(CidrParser.parse(target), origin, second(sinceSeconds),
                second(sinceSeconds + 3600), 1, List.of(new ProbedPort(protocol, port)), true));
    }

    private static long second(long second) {
        return TimeUnit.SECONDS.toNanos(second);
    }

    @Test
    void write_blocks_haveTheFormOfOneDotTwo() throws IOException {
        block("192.0.2.7", "192.0.2.7", 942_286_729, IpProtocol.TCP, 111);
        block("2001:db8::7", "2001:db8::/64", 942_286_730, IpProtocol.UDP, 69);

        file.writeIfDue(blocks, second(942_286_731));

        assertThat(Files.readString(path)).isEqualTo("""
                942286729 - 11/10/1999 20:18:49 Host: 192.0.2.7/192.0.2.7 Port: 111 TCP Blocked
                942286730 - 11/10/1999 20:18:50 Host: 2001:db8::7/2001:db8::7 Port: 69 UDP Blocked
                """);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-r-----");
        assertThat(Files.readAllLines(path)).extracting(line -> {
            Matcher matcher = FAIL2BAN_1.matcher(line);
            return matcher.find() ? matcher.group(1) : "no match";
        }).containsExactly("192.0.2.7", "2001:db8::7");
    }

    @Test
    void writeIfDue_soonAfterTheLast_waits() throws IOException {
        file.writeIfDue(blocks, second(10));
        block("192.0.2.7", "192.0.2.7", 10, IpProtocol.TCP, 111);
        file.writeIfDue(blocks, second(10) + 99_999_999);
        assertThat(path).isEmptyFile();

        file.writeIfDue(blocks, second(10) + 100_000_000);
        assertThat(Files.readAllLines(path)).hasSize(1);
    }

    @Test
    void writeIfDue_nothingChanged_leavesTheFileAlone() throws IOException {
        file.writeIfDue(blocks, second(10));
        Object inode = Files.getAttribute(path, "unix:ino");
        file.writeIfDue(blocks, second(20));

        assertThat(Files.getAttribute(path, "unix:ino")).isEqualTo(inode);
        assertThat(path.resolveSibling(".portsentry.blocked.new")).doesNotExist();
    }

    @Test
    void write_nameIsASymbolicLink_linkIsReplacedNotFollowed() throws IOException {
        Path victim = Files.writeString(directory.resolve("passwd"), "root");
        Files.createDirectories(path.getParent());
        Files.createSymbolicLink(path, victim);
        Files.createSymbolicLink(path.resolveSibling(".portsentry.blocked.new"), victim);

        file.writeIfDue(blocks, second(10));

        assertThat(victim).hasContent("root");
        assertThat(Files.isSymbolicLink(path)).isFalse();
    }

    @Test
    void write_directoryCannotBeMade_isCountedSaidOnceAndTriedAgain() throws IOException {
        Path obstacle = Files.writeString(directory.resolve("obstacle"), "");
        BlockedFile lost = file(obstacle.resolve("portsentry.blocked"));

        lost.writeIfDue(blocks, second(10));
        lost.writeIfDue(blocks, second(11));
        assertThat(counters.fileWritesFailed()).isEqualTo(2);
        assertThat(log.lines()).hasSize(1).first().asString().contains("BLOCKED_FILE", "obstacle", "tried again");

        Files.delete(obstacle);
        lost.writeIfDue(blocks, second(12));
        assertThat(obstacle.resolve("portsentry.blocked")).exists();
    }

    @Test
    void writeIfDue_afterTheClockSteppedBack_doesNotWaitUntilItHasCaughtUp() throws IOException {
        block("192.0.2.7", "192.0.2.7", 100_000, IpProtocol.TCP, 111);
        file.writeIfDue(blocks, second(100_000));
        block("192.0.2.8", "192.0.2.8", 50_000, IpProtocol.TCP, 111);
        file.writeIfDue(blocks, second(50_000));

        assertThat(Files.readAllLines(path)).hasSize(2);
    }
}
