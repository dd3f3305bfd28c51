package org.edgesentry.actions.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockOrigin;
import org.edgesentry.core.ledger.BlockReason;
import org.edgesentry.core.ledger.ProbedPort;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.sqlite.JDBC;

/** A state directory for tests of the ledger, what was said about it, and blocks to put into it. */
final class LedgerFixture {

    /** 2026-11-26T14:20:00Z. */
    static final long NOW = 1_795_702_800_000_000_000L;
    static final long HOUR = 3_600_000_000_000L;

    /** Of {@link #fill}. */
    static final int BLOCKS = 2_000;

    final Path directory;
    final Path file;
    final List<String> said = new ArrayList<>();

    LedgerFixture(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("ledger.db");
    }

    SqliteLedger open() throws IOException {
        return SqliteLedger.open(directory, () -> NOW, said::add);
    }

    /** Makes a ledger with some blocks and closes it. */
    void fill() throws IOException {
        List<ActiveBlock> blocks = new ArrayList<>();
        for (int i = 0; i < BLOCKS; i++) {
            blocks.add(block("198.18." + i / 250 + "." + i % 250));
        }
        try (SqliteLedger ledger = open()) {
            ledger.write(blocks, List.of());
        }
    }

    /** Cuts the file off. */
    void cut(long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    /** Files with names of ledgers that were set aside. */
    List<String> setAside() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).filter(name -> name.contains(".damaged-"))
                    .sorted().toList();
        }
    }

    /** What somebody else does to the file. */
    void edit(String... statements) throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    Connection connect() throws SQLException {
        return JDBC.createConnection(JDBC.PREFIX + file.toUri(), new Properties());
    }

    /** A block of an hour by a probe of TCP/23. */
    static ActiveBlock block(String target) {
        return block(target, NOW + HOUR, 1);
    }

    static ActiveBlock block(String target, long untilEpochNanos, int times) {
        Cidr network = CidrParser.parse(target);
        BlockOrigin origin = new BlockOrigin(BlockReason.PROBE,
                Cidr.ofAddress(network.family(), network.hi(), network.lo()), 6, 23);
        return new ActiveBlock(network, origin, NOW, untilEpochNanos, times, List.of(new ProbedPort(6, 23)), true);
    }

    /** A block with any values at all. */
    static ActiveBlock randomBlock(Random random) {
        boolean six = random.nextBoolean();
        int family = six ? AddressFamily.IPV6 : AddressFamily.IPV4;
        long hi = six ? 0x2001_0DB8_0000_0000L | random.nextInt(1 << 30) : 0;
        long lo = six ? random.nextLong() : random.nextLong() & 0xFFFF_FFFFL;
        int length = random.nextBoolean() ? AddressFamily.bits(family) : 1 + random.nextInt(AddressFamily.bits(family));
        List<ProbedPort> ports = new ArrayList<>();
        for (int left = random.nextInt(Limits.BLOCK_PORTS + 1); left > 0; left--) {
            ports.add(new ProbedPort(random.nextInt(256), random.nextInt(65_536)));
        }
        BlockReason[] reasons = BlockReason.values();
        BlockOrigin origin = new BlockOrigin(reasons[random.nextInt(reasons.length)], Cidr.ofAddress(family, hi, lo),
                random.nextInt(256), random.nextInt(65_536));
        return new ActiveBlock(new Cidr(family, hi, lo, length), origin, random.nextLong(),
                random.nextInt(4) == 0 ? Long.MAX_VALUE : random.nextLong(), 1 + random.nextInt(Integer.MAX_VALUE),
                ports, random.nextBoolean());
    }
}
