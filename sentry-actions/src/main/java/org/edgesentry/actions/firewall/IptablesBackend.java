package org.edgesentry.actions.firewall;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.edgesentry.actions.command.CommandRunner;
import org.edgesentry.actions.command.ProgramPath;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;

/**
 * A chain {@code EDGE_SENTRY} with a rule a host, for machines without ipset. The kernel walks the rules one by one for
 * every packet, so this is good for hundreds of hosts, not for tens of thousands. Blocks do not expire by themselves.
 *
 * <p>iptables would add a rule twice and fails to delete one that is not there, so this keeps the list of what is.
 *
 * <p>Thread: one at a time.
 */
final class IptablesBackend implements FamilyBackend {

    private static final String CHAIN = "EDGE_SENTRY";
    private static final Pattern RULE = Pattern.compile("^-A " + CHAIN + " -s (\\S+) -j DROP$", Pattern.MULTILINE);

    private final Xtables xtables;
    private final Set<Cidr> blocked = new HashSet<>();

    IptablesBackend(int family, ProgramPath path, CommandRunner runner) throws FirewallException {
        this.xtables = new Xtables(family, path, runner);
    }

    @Override
    public void open() throws FirewallException {
        xtables.ensureChain(CHAIN);
        xtables.ensureFirst(List.of("-j", CHAIN));
        blocked.clear();
        held().forEach(block -> blocked.add(block.target()));
    }

    @Override
    public List<HeldBlock> held() throws FirewallException {
        List<HeldBlock> held = new ArrayList<>();
        Matcher rules = RULE.matcher(xtables.list(CHAIN));
        while (rules.find()) {
            held.add(new HeldBlock(CidrParser.parse(rules.group(1)), 0));
        }
        return held;
    }

    @Override
    public boolean isIntact(List<Cidr> blocks) throws FirewallException {
        Set<Cidr> held = held().stream().map(HeldBlock::target).collect(Collectors.toSet());
        return held.containsAll(blocks) && xtables.isFirst(List.of("-j", CHAIN));
    }

    @Override
    public void block(List<Block> blocks) throws FirewallException {
        List<Cidr> added = blocks.stream().map(Block::target).filter(target -> !blocked.contains(target)).toList();
        change("-A", added);
        blocked.addAll(added);
    }

    @Override
    public void unblock(List<Cidr> targets) throws FirewallException {
        List<Cidr> removed = targets.stream().filter(blocked::contains).toList();
        change("-D", removed);
        removed.forEach(blocked::remove);
    }

    private void change(String verb, List<Cidr> targets) throws FirewallException {
        if (!targets.isEmpty()) {
            xtables.restore(targets.stream().map(target -> rule(verb, target)).toList());
        }
    }

    private static String rule(String verb, Cidr target) {
        return verb + " " + CHAIN + " -s " + target + " -j DROP";
    }

    @Override
    public String describe(Block block) {
        return xtables.name() + " -t raw " + rule("-A", block.target());
    }
}
