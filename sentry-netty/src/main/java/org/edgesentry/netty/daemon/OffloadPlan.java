package org.edgesentry.netty.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.firewall.TrapRules;
import org.edgesentry.core.config.BlockMethod;
import org.edgesentry.core.config.ResponseMode;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.config.Switch;
import org.edgesentry.core.host.HostKey;
import org.edgesentry.core.ignore.UnrealSources;
import org.edgesentry.core.ledger.BlockTimes;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.netty.host.HostView;

/**
 * BLOCK_OFFLOAD: whether the kernel is to block by itself, and by which rules. Thread: immutable.
 *
 * @param rules what it is told; empty where it blocks nobody by itself
 * @param whyNot why it does not, though the settings ask for it
 */
record OffloadPlan(Optional<TrapRules> rules, Optional<String> whyNot) {

    /** The kernel's part of BLOCK_RATE, of which both together must not make more. */
    private static final int SHARE = 2;

    static OffloadPlan of(Watch watch, List<Cidr> shared, HostView host, RunOptions options) {
        Settings settings = watch.settings();
        if (settings.blocking().offload() == Switch.OFF) {
            return new OffloadPlan(Optional.empty(), Optional.empty());
        }
        Optional<String> obstacle = obstacle(settings, options);
        PortSet tcp = settings.response().tcp() == ResponseMode.BLOCK ? watch.plan().readTcp() : PortSet.EMPTY;
        PortSet udp = settings.response().udp() == ResponseMode.BLOCK ? watch.plan().readUdp() : PortSet.EMPTY;
        if (obstacle.isEmpty() && tcp.isEmpty() && udp.isEmpty()) {
            obstacle = Optional.of("no protocol with BLOCK_TCP or BLOCK_UDP 1 is read off the wire; what connects to a "
                    + "bound trap proves its address first");
        }
        return obstacle.isPresent() ? new OffloadPlan(Optional.empty(), obstacle)
                : new OffloadPlan(Optional.of(rules(watch, tcp, udp, shared, host, options)), Optional.empty());
    }

    private static Optional<String> obstacle(Settings settings, RunOptions options) {
        BlockMethod method = settings.blocking().method();
        if (settings.blocking().isByCommand(settings.response())) {
            return Optional.of("KILL_ROUTE blocks");
        }
        if (method != BlockMethod.AUTO && method != BlockMethod.NFTABLES) {
            return Optional.of("it takes nftables, and BLOCK_METHOD is another");
        }
        if (settings.detection().scanTrigger() > 1) {
            return Optional.of("SCAN_TRIGGER forgives the first probe");
        }
        if (settings.blocking().verifiedOnly()) {
            return Optional.of("BLOCK_VERIFIED_ONLY asks for more than a first packet");
        }
        if (!options.checksServices()) {
            return Optional.of("with --disable-service-check ports of services are traps");
        }
        boolean onlyUdp = settings.response().tcp() != ResponseMode.BLOCK;
        return onlyUdp && settings.blocking().offload() == Switch.AUTO
                ? Optional.of("BLOCK_TCP is not 1") : Optional.empty();
    }

    private static TrapRules rules(Watch watch, PortSet tcp, PortSet udp, List<Cidr> shared, HostView host,
                                   RunOptions options) {
        Settings.Blocking blocking = watch.settings().blocking();
        List<Cidr> spared = new ArrayList<>(UnrealSources.networks());
        spared.addAll(blocking.neverBlockAuto() ? host.neverBlocked() : host.own());
        spared.addAll(watch.ignored());
        spared.addAll(watch.settings().detection().homeNet());
        return new TrapRules(tcp, udp, spared, HostKey.sharedPrefixes(blocking.ipv6Prefix(), shared),
                options.interfaces().names(), new BlockTimes(blocking).firstSeconds(),
                blocking.ratePerSecond() / SHARE);
    }

    /** How many blocks a second are left for the daemon. */
    int restOfRate(int perSecond) {
        return perSecond - rules.map(TrapRules::blocksPerSecond).orElse(0);
    }

    /** Says why not, where the settings ask for it in so many words. */
    void warnIfImpossible(Settings.Blocking blocking, Logger log) {
        if (blocking.offload() == Switch.ON && whyNot.isPresent()) {
            log.warn("BLOCK_OFFLOAD is 1 and has no effect: {}", whyNot.get());
        }
    }
}
