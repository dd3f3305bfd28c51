package org.edgesentry.actions.respond;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.edgesentry.actions.command.Macros;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.TrapRules;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.ledger.BlockOrigin;
import org.edgesentry.core.ledger.BlockTimes;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PrefixMap;

/**
 * Which steps a response has, in which order. PortSentry's: hosts.deny, route, command, or with KILL_RUN_CMD_FIRST the
 * command first. A built-in firewall comes before hosts.deny, since time is short for it, and does not wait with its
 * report for a command that follows.
 *
 * <p>Thread: immutable.
 */
final class ResponsePlan {

    private static final long LEAST_MEMORY_SECONDS = TimeUnit.DAYS.toSeconds(7);

    private final ResponseRules rules;
    private final BlockTimes times;
    private final PrefixMap spared;
    private final boolean reportLast;
    private final boolean denyBeforeBlock;

    ResponsePlan(ResponseRules rules, Firewall firewall) {
        this.rules = rules;
        this.times = new BlockTimes(rules.blocking());
        this.spared = PrefixMap.of(rules.sparedNetworks());
        this.denyBeforeBlock = firewall.runsCommand();
        this.reportLast = firewall.runsCommand() || firewall.isDryRun();
    }

    /** KILL_RUN_CMD. */
    Optional<String> command() {
        return response().killRunCommand();
    }

    /** KILL_HOSTS_DENY; without $TARGET$ it would deny others than the scanner, so PortSentry leaves it out as well. */
    Optional<String> hostsDeny() {
        return response().killHostsDeny().filter(Macros::namesTarget);
    }

    boolean isCommandFirst() {
        return response().runCommandFirst();
    }

    private Settings.Response response() {
        return rules.response();
    }

    /** Who is not to be blocked. */
    List<Spared> spared() {
        return rules.spared();
    }

    /** Whether the address is not to be blocked, by now. */
    boolean spares(Cidr source) {
        return spared.contains(source.family(), source.hi(), source.lo());
    }

    /** Who is spared and lies around the target, or in it. */
    Optional<Spared> sparedIn(Cidr target) {
        int around = spared.find(target.family(), target.hi(), target.lo());
        if (around != PrefixMap.NONE) {
            return Optional.of(rules.spared().get(around));
        }
        return target.isSingleAddress() ? Optional.empty() : rules.spared().stream().filter(inside ->
                target.contains(inside.network().family(), inside.network().hi(), inside.network().lo())).findFirst();
    }

    /** What the kernel is to do by itself. */
    Optional<TrapRules> traps() {
        return rules.traps();
    }

    /** How long blocks last. */
    BlockTimes times() {
        return times;
    }

    /** Whether probes of a blocked host extend its block. */
    boolean extendsBlocks() {
        return rules.blocking().extend();
    }

    /** How long the ledger remembers a block that has ended, nanoseconds: as long as it makes the next one longer. */
    long remembersNanos() {
        return TimeUnit.SECONDS.toNanos(Math.max(rules.blocking().timeMax().toSeconds(), LEAST_MEMORY_SECONDS));
    }

    Macros macros(ActionRequest request) {
        return macros(Cidr.ofAddress(request.family, request.sourceHi, request.sourceLo), request.port,
                request.protocol);
    }

    Macros macros(BlockOrigin origin) {
        return macros(origin.source(), origin.port(), origin.protocol());
    }

    private Macros macros(Cidr source, int port, int protocol) {
        return new Macros(source, port, rules.modes().of(protocol));
    }

    /** A block that gets its new time. */
    List<Step> renewal() {
        return List.of(Step.BLOCK, Step.REPORT);
    }

    /** BLOCK_TCP or BLOCK_UDP is 2. */
    List<Step> commandOnly() {
        return List.of(Step.COMMAND, Step.REPORT);
    }

    /**
     * A new block.
     *
     * @param answered whether the host got everything but the block before
     */
    List<Step> block(boolean answered) {
        boolean runs = command().isPresent() && !answered;
        List<Step> steps = new ArrayList<>();
        if (runs && isCommandFirst()) {
            steps.add(Step.COMMAND);
        }
        steps.add(Step.BLOCK);
        if (hostsDeny().isPresent() && !answered) {
            steps.add(denyBeforeBlock ? steps.size() - 1 : steps.size(), Step.DENY);
        }
        if (runs && !isCommandFirst() && reportLast) {
            steps.add(Step.COMMAND);
        }
        steps.add(Step.REPORT);
        if (runs && !isCommandFirst() && !reportLast) {
            steps.add(Step.COMMAND);
        }
        return steps;
    }
}
