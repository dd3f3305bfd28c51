package org.edgesentry.actions.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.edgesentry.actions.command.CommandResult;
import org.edgesentry.actions.command.CommandRunner;
import org.edgesentry.actions.command.ProgramPath;
import org.edgesentry.core.net.AddressFamily;

/**
 * The iptables programs of one address family, on their raw table: before connection tracking, so that a rule there
 * holds for established and for forwarded traffic too. See iptables(8), iptables-restore(8).
 *
 * <p>Thread: one at a time.
 */
final class Xtables {

    /** What each of its faults begins with: {@code iptables v1.8.9 (nf_tables): }. */
    private static final Pattern VERSION = Pattern.compile("^ip6?tables\\S* v\\S+ \\(\\w+\\): ");
    private static final String LOCK_WAIT_SECONDS = "5";

    private final String name;
    private final String program;
    private final String restoreProgram;
    private final CommandRunner runner;

    Xtables(int family, ProgramPath path, CommandRunner runner) throws FirewallException {
        this.name = family == AddressFamily.IPV4 ? "iptables" : "ip6tables";
        this.program = Missing.orElse(path.find(name), name, "iptables");
        this.restoreProgram = Missing.orElse(path.find(name + "-restore"), name + "-restore", "iptables");
        this.runner = runner;
    }

    String name() {
        return name;
    }

    /** Puts the rule first into PREROUTING unless it stands there. */
    void ensureFirst(List<String> rule) throws FirewallException {
        if (!isFirst(rule)) {
            require(run("-I", rule));
        }
    }

    /** Whether the rule stands in PREROUTING. */
    boolean isFirst(List<String> rule) {
        return run("-C", rule).succeeded();
    }

    /** Makes the chain unless it is there. */
    void ensureChain(String chain) throws FirewallException {
        if (!call(List.of("-n", "-L", chain)).succeeded()) {
            require(call(List.of("-N", chain)));
        }
    }

    /** The rules of the chain in the form of iptables-save. */
    String list(String chain) throws FirewallException {
        CommandResult result = call(List.of("-S", chain));
        require(result);
        return result.words();
    }

    /** Runs the lines as one transaction on the raw table, leaving everything else as it is. */
    void restore(List<String> lines) throws FirewallException {
        String text = "*raw\n" + String.join("\n", lines) + "\nCOMMIT\n";
        require(runner.run(List.of(restoreProgram, "-w", LOCK_WAIT_SECONDS, "--noflush"), text));
    }

    private CommandResult run(String verb, List<String> rule) {
        List<String> arguments = new ArrayList<>(List.of(verb, "PREROUTING"));
        arguments.addAll(rule);
        return call(arguments);
    }

    private CommandResult call(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program, "-w", LOCK_WAIT_SECONDS, "-t", "raw"));
        command.addAll(arguments);
        return runner.run(command);
    }

    private void require(CommandResult result) throws FirewallException {
        if (!result.succeeded()) {
            throw new FirewallException(name + ": " + VERSION.matcher(result.words()).replaceFirst(""));
        }
    }
}
