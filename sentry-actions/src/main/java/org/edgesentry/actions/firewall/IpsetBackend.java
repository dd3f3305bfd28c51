package org.edgesentry.actions.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.edgesentry.actions.command.CommandResult;
import org.edgesentry.actions.command.CommandRunner;
import org.edgesentry.actions.command.ProgramPath;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;

/**
 * A set of ipset(8) with timeouts, {@code edge_sentry4} or {@code edge_sentry6}, and one rule of iptables that drops
 * its members. The type is hash:net, since it holds addresses and prefixes side by side.
 *
 * <p>ipset ends a block after {@value #MAX_SECONDS} seconds (24 days) at the latest; a longer one is cut to that.
 *
 * <p>Thread: one at a time.
 */
final class IpsetBackend implements FamilyBackend {

    static final long MAX_SECONDS = 2_147_483;
    private static final Pattern MEMBER = Pattern.compile("^add \\S+ ([0-9a-f.:/]{2,50}) timeout ([0-9]{1,10})",
            Pattern.MULTILINE);
    private static final Pattern ENTRIES = Pattern.compile("Number of entries: ([0-9]{1,9})");
    /** One block in so many may be missing: its time is over here a moment later than in the kernel. */
    private static final int ABOUT_TO_END = 50;

    private final String set;
    private final String create;
    private final String program;
    private final CommandRunner runner;
    private final Xtables xtables;

    IpsetBackend(int family, long setSize, ProgramPath path, CommandRunner runner) throws FirewallException {
        boolean ipv4 = family == AddressFamily.IPV4;
        this.set = ipv4 ? "edge_sentry4" : "edge_sentry6";
        this.create = "create " + set + " hash:net family " + (ipv4 ? "inet" : "inet6")
                + " maxelem " + setSize + " timeout 0 -exist\n";
        this.program = Missing.orElse(path.find("ipset"), "ipset", "ipset");
        this.runner = runner;
        this.xtables = new Xtables(family, path, runner);
    }

    @Override
    public void open() throws FirewallException {
        // Of another size than now, -exist does not help: such a set of a former run is kept as it is.
        if (!runner.run(List.of(program, "list", "-t", set)).succeeded()) {
            restore(create);
        }
        xtables.ensureFirst(dropsMembers());
    }

    private List<String> dropsMembers() {
        return List.of("-m", "set", "--match-set", set, "src", "-j", "DROP");
    }

    @Override
    public void block(List<Block> blocks) throws FirewallException {
        restore(lines(blocks, this::addition));
    }

    @Override
    public void unblock(List<Cidr> targets) throws FirewallException {
        restore(lines(targets, target -> "del " + set + " " + target + " -exist"));
    }

    private static <T> String lines(List<T> list, Function<T, String> line) {
        return list.stream().map(line).collect(Collectors.joining("\n", "", "\n"));
    }

    private String addition(Block block) {
        return "add " + set + " " + block.target() + " timeout " + Math.min(block.seconds(), MAX_SECONDS) + " -exist";
    }

    private void restore(String lines) throws FirewallException {
        CommandResult result = runner.run(List.of(program, "restore"), lines);
        if (!result.succeeded()) {
            throw new FirewallException("ipset: " + fault(result.words()));
        }
    }

    /** The words behind "ipset v7.17: Error in line 3: ", so that one fault is one reason wherever it stands. */
    private static String fault(String words) {
        return words.replaceFirst("^ipset v\\S+: ", "").replaceFirst("^Error in line \\d+: ", "");
    }

    @Override
    public List<HeldBlock> held() throws FirewallException {
        CommandResult result = runner.run(List.of(program, "save", set));
        if (!result.succeeded()) {
            throw new FirewallException("ipset: " + fault(result.words()));
        }
        List<HeldBlock> held = new ArrayList<>();
        Matcher member = MEMBER.matcher(result.words());
        while (member.find()) {
            held.add(new HeldBlock(CidrParser.parse(member.group(1)), Long.parseLong(member.group(2))));
        }
        return held;
    }

    /** Counts the members; an element that the kernel is about to let go may be missing. */
    @Override
    public boolean isIntact(List<Cidr> blocks) throws FirewallException {
        CommandResult result = runner.run(List.of(program, "list", "-t", set));
        Matcher entries = ENTRIES.matcher(result.words());
        return result.succeeded() && entries.find()
                && Integer.parseInt(entries.group(1)) >= blocks.size() - blocks.size() / ABOUT_TO_END
                && xtables.isFirst(dropsMembers());
    }

    @Override
    public String describe(Block block) {
        return "ipset " + addition(block);
    }
}
