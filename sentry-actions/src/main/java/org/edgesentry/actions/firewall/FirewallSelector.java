package org.edgesentry.actions.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.command.CommandRunner;
import org.edgesentry.actions.command.ProgramPath;
import org.edgesentry.core.config.BlockMethod;
import org.edgesentry.core.config.ResponseMode;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.AddressFamily;

/**
 * Finds the firewall that BLOCK_METHOD asks for, or the best that this machine has. Each one is tried for real: library
 * loaded, program found, table made. One that was asked for by name and cannot be had is an error; with {@code auto}
 * the next one is tried, down to none.
 *
 * <p>Thread: the one that starts the daemon.
 */
public final class FirewallSelector {

    private static final String NO_FIREWALL = "none";

    private final Settings.Blocking blocking;
    private final Settings.Response response;
    private final int descriptors;
    private final ProgramPath path;
    private final CommandRunner runner =
            new CommandRunner(ActionLimits.COMMAND_DEADLINE, ActionLimits.LISTING_BYTES);

    FirewallSelector(Settings.Blocking blocking, Settings.Response response, int descriptors,
                     ProgramPath path) {
        this.blocking = blocking;
        this.response = response;
        this.descriptors = descriptors;
        this.path = path;
    }

    /**
     * The firewall, opened, and why it was chosen.
     *
     * @param descriptors how many sockets the process will have open: libnftables waits with select(2), which ends the
     *         process when it meets a descriptor above 1,023
     * @throws FirewallException when the method that is asked for cannot be had; names the package to install
     */
    public static Selection select(Settings.Blocking blocking, Settings.Response response, int descriptors)
            throws FirewallException {
        return new FirewallSelector(blocking, response, descriptors, ProgramPath.SYSTEM).select();
    }

    Selection select() throws FirewallException {
        return switch (blocking.method()) {
            case AUTO -> auto();
            case NFTABLES -> require(List.of(libnftables(), nft()));
            case IPTABLES -> require(List.of(ipset(), iptables()));
            case ROUTE -> require(List.of(route()));
            case COMMAND -> require(List.of(command()));
            case NONE -> new Selection(new NoFirewall(), NO_FIREWALL, "nobody is blocked (BLOCK_METHOD none)", false);
        };
    }

    private Selection auto() throws FirewallException {
        if (response.killRoute().isPresent()) {
            return require(List.of(command()));
        }
        List<String> reasons = new ArrayList<>();
        Optional<Selection> found =
                firstOf(List.of(libnftables(), nft(), ipset(), iptables(), route()), reasons);
        return found.orElseGet(() -> new Selection(new NoFirewall(), NO_FIREWALL,
                "no firewall can be used, so NOBODY WILL BE BLOCKED and scans are only logged: install the Debian "
                        + "package nftables and run as root or with CAP_NET_ADMIN (" + String.join("; ", reasons) + ")",
                response.tcp() == ResponseMode.BLOCK || response.udp() == ResponseMode.BLOCK));
    }

    private Selection require(List<FirewallCandidate> candidates) throws FirewallException {
        List<String> reasons = new ArrayList<>();
        Optional<Selection> found = firstOf(candidates, reasons);
        if (found.isEmpty()) {
            throw new FirewallException("BLOCK_METHOD " + methodName() + " cannot be used: "
                    + String.join("; ", reasons));
        }
        return found.get();
    }

    private Optional<Selection> firstOf(List<FirewallCandidate> candidates, List<String> reasons) {
        for (FirewallCandidate candidate : candidates) {
            try {
                return Optional.of(chosen(candidate.name(), candidate.open(), reasons));
            } catch (FirewallException e) {
                reasons.add(e.getMessage());
            }
        }
        return Optional.empty();
    }

    private Selection chosen(String name, Firewall firewall, List<String> reasons) {
        String instead = reasons.isEmpty() ? "" : "; " + String.join("; ", reasons);
        return new Selection(firewall, name, "scanners are blocked by " + name
                + " (BLOCK_METHOD " + methodName() + instead + ")", false);
    }

    private String methodName() {
        boolean byKillRoute = blocking.method() == BlockMethod.AUTO && blocking.isByCommand(response);
        return blocking.method().name().toLowerCase(Locale.ROOT)
                + (byKillRoute ? ", KILL_ROUTE is set" : "");
    }

    private FirewallCandidate libnftables() {
        return new FirewallCandidate("nftables in process", () -> {
            if (descriptors > ActionLimits.DESCRIPTORS_BESIDE_SELECT) {
                throw new FirewallException("nftables in process is not used beside " + descriptors + " sockets");
            }
            return new NftablesFirewall(ruleset(), blocking.ipv6Prefix(), new LibNftables());
        });
    }

    private FirewallCandidate nft() {
        return new FirewallCandidate("nftables through the program nft",
                () -> new NftablesFirewall(ruleset(), blocking.ipv6Prefix(), new NftProgram(path, runner)));
    }

    private NftRuleset ruleset() {
        return new NftRuleset(blocking.ipv6Prefix(), blocking.max());
    }

    private FirewallCandidate ipset() {
        long size = blocking.max();
        return new FirewallCandidate("iptables with ipset", () -> new DualStackFirewall(
                new IpsetBackend(AddressFamily.IPV4, size, path, runner),
                new IpsetBackend(AddressFamily.IPV6, size, path, runner), true));
    }

    private FirewallCandidate iptables() {
        return new FirewallCandidate("iptables with a rule a host", () -> new DualStackFirewall(
                new IptablesBackend(AddressFamily.IPV4, path, runner),
                new IptablesBackend(AddressFamily.IPV6, path, runner), false));
    }

    private FirewallCandidate route() {
        return new FirewallCandidate("blackhole routes", () -> new DualStackFirewall(
                new RouteBackend(AddressFamily.IPV4, path, runner),
                new RouteBackend(AddressFamily.IPV6, path, runner), false));
    }

    private FirewallCandidate command() {
        return new FirewallCandidate("KILL_ROUTE", () -> new CommandFirewall(
                response.killRoute().orElseThrow(() -> new FirewallException("KILL_ROUTE is not set")),
                new CommandRunner()));
    }

    /**
     * The choice.
     *
     * @param firewall opened
     * @param name what it is called: one of a few fixed texts
     * @param text one line that says what was chosen and why
     * @param degraded whether the daemon now does less than its settings ask for
     */
    public record Selection(Firewall firewall, String name, String text, boolean degraded) {

        /** Logs the choice: a warning when nobody will be blocked though somebody should. */
        public void announce(Logger log) {
            if (degraded) {
                log.warn("{}", text);
            } else {
                log.info("{}", text);
            }
        }
    }
}
