package org.edgesentry.actions.firewall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.TestSettings;
import org.edgesentry.actions.command.CommandRunner;
import org.edgesentry.actions.command.ProgramPath;
import org.edgesentry.core.config.BlockMethod;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;

/** Drives a real firewall by words; each answer is {@code ok} and how long it took, or {@code failed} and why. */
public final class FirewallBench {

    private static final long SET_SIZE = 250_000;
    private static final long BENCHMARK_NET = 0xC612_0000L;

    private final CommandRunner runner = new CommandRunner(ActionLimits.COMMAND_DEADLINE, ActionLimits.LISTING_BYTES);
    private Firewall firewall;

    /** Does one command. */
    public String answer(String[] words) {
        long start = System.nanoTime();
        try {
            String text = act(words);
            long micros = (System.nanoTime() - start) / 1000;
            return text.isEmpty() ? "ok " + micros + " us" : text;
        } catch (FirewallException e) {
            return "failed " + e.getMessage() + (e.isPartial() ? " partial" : "");
        }
    }

    private String act(String[] words) throws FirewallException {
        switch (words[0]) {
            case "make" -> firewall = make(words[1], words.length > 2 ? Long.parseLong(words[2]) : SET_SIZE);
            case "open" -> firewall.open();
            case "block" -> firewall.block(blocks(Long.parseLong(words[1]), words));
            case "rehearse" -> rehearse(blocks(Long.parseLong(words[1]), words));
            case "unblock" -> firewall.unblock(targets(words, 1));
            case "blockmany" -> firewall.block(many(Integer.parseInt(words[1]), Long.parseLong(words[2])));
            case "blocksingly" -> {
                for (Block block : many(Integer.parseInt(words[1]), Long.parseLong(words[2]))) {
                    firewall.block(List.of(block));
                }
            }
            case "held" -> {
                return "held " + firewall.held().size();
            }
            case "unblockmany" ->
                    firewall.unblock(many(Integer.parseInt(words[1]), 0).stream().map(Block::target).toList());
            case "close" -> firewall.close();
            case "select" -> {
                return select(BlockMethod.valueOf(words[1]));
            }
            default -> throw new IllegalArgumentException("no such command: " + words[0]);
        }
        return "";
    }

    private void rehearse(List<Block> blocks) throws FirewallException {
        Firewall understudy = firewall.understudy();
        understudy.block(blocks);
        understudy.close();
    }

    private static String select(BlockMethod method) throws FirewallException {
        FirewallSelector.Selection selection =
                FirewallSelector.select(TestSettings.blocking(method), TestSettings.response(""), 0);
        selection.firewall().close();
        return selection.name() + " | " + selection.degraded() + " | " + selection.text();
    }

    private Firewall make(String backend, long setSize) throws FirewallException {
        ProgramPath path = ProgramPath.SYSTEM;
        NftRuleset ruleset = new NftRuleset(64, setSize);
        return switch (backend) {
            case "libnftables" -> new NftablesFirewall(ruleset, 64, new LibNftables());
            case "nft" -> new NftablesFirewall(ruleset, 64, new NftProgram(path, runner));
            case "ipset" -> new DualStackFirewall(new IpsetBackend(AddressFamily.IPV4, setSize, path, runner),
                    new IpsetBackend(AddressFamily.IPV6, setSize, path, runner), true);
            case "iptables" -> new DualStackFirewall(new IptablesBackend(AddressFamily.IPV4, path, runner),
                    new IptablesBackend(AddressFamily.IPV6, path, runner), false);
            case "route" -> new DualStackFirewall(new RouteBackend(AddressFamily.IPV4, path, runner),
                    new RouteBackend(AddressFamily.IPV6, path, runner), false);
            default -> throw new IllegalArgumentException("no such backend: " + backend);
        };
    }

    private static List<Block> blocks(long seconds, String[] words) {
        return targets(words, 2).stream().map(target -> Blocks.of(target, seconds)).toList();
    }

    private static List<Cidr> targets(String[] words, int from) {
        return new ArrayList<>(Arrays.asList(words)).subList(from, words.length).stream()
                .map(CidrParser::parse).toList();
    }

    /** Addresses of the net for benchmarks, 198.18.0.0/15 (RFC 2544). */
    private static List<Block> many(int count, long seconds) {
        return IntStream.range(0, count)
                .mapToObj(i -> Blocks.of(Cidr.ofAddress(AddressFamily.IPV4, 0, BENCHMARK_NET + i), seconds))
                .toList();
    }
}
