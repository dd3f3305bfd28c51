package org.edgesentry.netty.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.command.CommandOutcome;
import org.edgesentry.core.command.HostSnapshot;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockOrigin;
import org.edgesentry.core.ledger.BlockReason;
import org.edgesentry.core.ledger.ProbedPort;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.IpProtocol;

/** A daemon that answers what a test has set, and remembers what it was told. Thread: any. */
public class FakeOperator implements Operator {

    /** 2026-11-26T12:00:00Z. */
    public static final long NOW = TimeUnit.SECONDS.toNanos(1_795_694_400L);

    /** What it was told to do. */
    public final List<String> orders = new CopyOnWriteArrayList<>();
    /** What it answers to who asks for hosts. */
    public volatile CompletableFuture<List<HostSnapshot>> hosts = CompletableFuture.completedFuture(List.of());
    /** What it answers to who asks for blocks. */
    public volatile CompletableFuture<List<ActiveBlock>> blocks = CompletableFuture.completedFuture(List.of());
    /** What it answers to orders. */
    public volatile CommandOutcome outcome = CommandOutcome.done("done");

    /** A time so long before {@link #NOW}. */
    public static long ago(long seconds) {
        return NOW - TimeUnit.SECONDS.toNanos(seconds);
    }

    /** A block of the last hour's scanners. */
    public static ActiveBlock block(String target, BlockReason reason, long untilEpochNanos, int times, int... ports) {
        List<ProbedPort> probed = new ArrayList<>();
        for (int port : ports) {
            probed.add(new ProbedPort(IpProtocol.TCP, port));
        }
        Cidr cidr = CidrParser.parse(target);
        BlockOrigin origin = new BlockOrigin(reason, Cidr.ofAddress(cidr.family(), cidr.hi(), cidr.lo()), 0, 0);
        return new ActiveBlock(cidr, origin, ago(750), untilEpochNanos, times, probed, reason != BlockReason.OPERATOR);
    }

    /** Blocks of distinct addresses that end one after the other. */
    public static List<ActiveBlock> manyBlocks(int count) {
        List<ActiveBlock> blocks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Cidr target = i % 3 == 0 ? Cidr.ofAddress(AddressFamily.IPV6, 0x2001_0db8_0000_0000L + i, 1)
                    : Cidr.ofAddress(AddressFamily.IPV4, 0, 0x0A00_0000L + i);
            blocks.add(new ActiveBlock(target, new BlockOrigin(BlockReason.PROBE, target, IpProtocol.TCP, 111),
                    ago(i % 3_600), NOW + TimeUnit.MILLISECONDS.toNanos(3_600_000L + i), 1 + i % 9,
                    List.of(new ProbedPort(IpProtocol.TCP, 111), new ProbedPort(IpProtocol.UDP, i % 65_536)), true));
        }
        return blocks;
    }

    @Override
    public StatusView status() {
        return StatusView.builder()
                .section("daemon", "Daemon", daemon -> daemon.text("version", "Version", "0.1.0")
                        .time("since", "Running since", ago(11_100))
                        .list("interfaces", "Interfaces", List.of("eth0", "wg0"))
                        .section("pipeline", "Pipeline", pipeline -> pipeline.number("ring", "Ring slots", 32_768)
                                .number("lag_ms", "Lag in ms", 0.25)))
                .section("blocks", "Blocks", blocksSection -> blocksSection.number("active", "In force", 1_234)
                        .flag("breaker_open", "BLOCK_RATE holds blocks up", false))
                .build();
    }

    @Override
    public CompletableFuture<List<HostSnapshot>> hosts(int limit) {
        orders.add("hosts " + limit);
        return hosts;
    }

    @Override
    public CompletableFuture<List<ActiveBlock>> blocks() {
        return blocks;
    }

    @Override
    public CompletableFuture<CommandOutcome> block(Cidr target, OptionalLong seconds, boolean force) {
        return order("block " + target + " " + seconds + " " + force);
    }

    @Override
    public CompletableFuture<CommandOutcome> unblock(Optional<Cidr> target) {
        return order("unblock " + target.map(Cidr::toString).orElse("all"));
    }

    @Override
    public CompletableFuture<CommandOutcome> reload() {
        return order("reload");
    }

    private CompletableFuture<CommandOutcome> order(String order) {
        orders.add(order);
        return CompletableFuture.completedFuture(outcome);
    }
}
