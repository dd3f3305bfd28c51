package org.edgesentry.actions.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.edgesentry.actions.command.CommandResult;
import org.edgesentry.actions.command.CommandRunner;
import org.edgesentry.actions.command.ProgramPath;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;

/**
 * Blackhole routes, ip-route(8): packets of the source still come in, but it never gets an answer. Works on kernels
 * without any packet filter. Blocks do not expire by themselves.
 *
 * <p>Our routes have a metric of their own, so that no route of the administrator to the same host (a DHCP server may
 * have given one to the gateway) is replaced by a block and gone after it.
 *
 * <p>Thread: one at a time.
 */
final class RouteBackend implements FamilyBackend {

    private static final String METRIC = " metric 1";
    private static final String GONE_ALREADY = "RTNETLINK answers: No such process";
    private static final Pattern OUR_ROUTE =
            Pattern.compile("^blackhole ([0-9a-f.:/]{2,50}) (?:dev \\S+ )?metric 1(?: |$)", Pattern.MULTILINE);
    private static final Pattern FAILED_LINE = Pattern.compile("Command failed -:(\\d+)");
    /** Never the source of a packet: "this network" (RFC 1122, 3.2.1.3), the discard prefix (RFC 6666). */
    private static final String[] PROBE_ADDRESSES = {"0.0.0.1", "100::1"};

    private final List<String> command;
    private final List<String> listing;
    private final String probeAddress;
    private final CommandRunner runner;

    RouteBackend(int family, ProgramPath path, CommandRunner runner) throws FirewallException {
        boolean ipv4 = family == AddressFamily.IPV4;
        String program = Missing.orElse(path.find("ip"), "ip", "iproute2");
        String family4or6 = ipv4 ? "-4" : "-6";
        this.command = List.of(program, family4or6, "-force", "-batch", "-");
        this.listing = List.of(program, family4or6, "route", "show", "type", "blackhole");
        this.probeAddress = PROBE_ADDRESSES[ipv4 ? 0 : 1];
        this.runner = runner;
    }

    /** Nothing needs to be made; tries whether routes can be changed at all. */
    @Override
    public void open() throws FirewallException {
        String route = " blackhole " + probeAddress + METRIC + "\n";
        CommandResult result = runner.run(command, "route replace" + route + "route del" + route);
        if (!result.succeeded()) {
            throw new FirewallException("ip route: " + fault(result.words()));
        }
    }

    @Override
    public void block(List<Block> blocks) throws FirewallException {
        change("replace", blocks.stream().map(Block::target).toList());
    }

    @Override
    public void unblock(List<Cidr> targets) throws FirewallException {
        change("del", targets);
    }

    @Override
    public List<HeldBlock> held() throws FirewallException {
        CommandResult result = runner.run(listing);
        if (!result.succeeded()) {
            throw new FirewallException("ip route: " + fault(result.words()));
        }
        List<HeldBlock> held = new ArrayList<>();
        Matcher route = OUR_ROUTE.matcher(result.words());
        while (route.find()) {
            held.add(new HeldBlock(CidrParser.parse(route.group(1)), 0));
        }
        return held;
    }

    @Override
    public boolean isIntact(List<Cidr> blocks) throws FirewallException {
        return held().stream().map(HeldBlock::target).collect(Collectors.toSet()).containsAll(blocks);
    }

    private void change(String verb, List<Cidr> targets) throws FirewallException {
        CommandResult result = runner.run(command, lines(targets, target -> route(verb, target)));
        if (!result.succeeded()) {
            throwFailures(result.words(), targets);
        }
    }

    /** With -force every line is tried, and "Command failed -:N" follows the reason of each that failed. */
    private static void throwFailures(String words, List<Cidr> targets) throws FirewallException {
        List<Cidr> failed = new ArrayList<>();
        String reason = "";
        String last = "";
        boolean understood = false;
        for (String line : words.lines().toList()) {
            Matcher matcher = FAILED_LINE.matcher(line);
            if (matcher.matches()) {
                understood = true;
                if (!last.equals(GONE_ALREADY)) {
                    reason = last;
                    failed.add(targets.get(Integer.parseInt(matcher.group(1)) - 1));
                }
            }
            last = line;
        }
        if (!understood) {
            throw new FirewallException("ip route: " + fault(words));
        }
        if (!failed.isEmpty()) {
            throw new FirewallException("ip route: " + fault(reason), failed);
        }
    }

    private static String fault(String words) {
        return words.lines().findFirst().orElse("").replaceFirst("^RTNETLINK answers: ", "");
    }

    private static String lines(List<Cidr> targets, Function<Cidr, String> line) {
        return targets.stream().map(line).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String route(String verb, Cidr target) {
        return "route " + verb + " blackhole " + target + METRIC;
    }

    @Override
    public String describe(Block block) {
        return "ip " + route("replace", block.target());
    }
}
