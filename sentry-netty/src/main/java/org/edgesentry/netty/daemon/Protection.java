package org.edgesentry.netty.daemon;

import java.util.ArrayList;
import java.util.List;
import org.edgesentry.actions.respond.Spared;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.ignore.UnrealSources;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.netty.host.HostView;

/**
 * Who is not to be blocked. Thread: immutable.
 *
 * @param neverBlocked whom this host depends on, and itself: reported, and let be
 * @param spared the same and the ignore list, with reasons
 * @param besideUs addresses that the block of a whole prefix must not reach: the same, and always our own
 */
record Protection(List<Cidr> neverBlocked, List<Spared> spared, List<Cidr> besideUs) {

    static Protection of(Watch watch, HostView host, RunOptions options) {
        Settings settings = watch.settings();
        boolean sparesItself = options.checksLocal() || !respondsByCommandOnly(settings);
        List<Spared> spared = new ArrayList<>();
        if (settings.blocking().neverBlockAuto()) {
            if (sparesItself) {
                add(host.own(), "an address of this host", spared);
                add(UnrealSources.networks(), "no address of a single host", spared);
            }
            add(host.gateways(), "a default gateway of this host", spared);
            add(host.resolvers(), "a name server of this host", spared);
            add(host.sessions(), "where a user is logged in from", spared);
            add(host.broadcast(), "a broadcast address", spared);
        }
        List<Cidr> neverBlocked = spared.stream().map(Spared::network).toList();
        add(watch.ignored(), "on the ignore list", spared);
        List<Cidr> besideUs = new ArrayList<>(sparesItself ? host.neverBlocked() : host.dependedOn());
        besideUs.addAll(host.own());
        besideUs.addAll(watch.ignored());
        return new Protection(neverBlocked, List.copyOf(spared), besideUs);
    }

    private static void add(List<Cidr> networks, String reason, List<Spared> spared) {
        networks.forEach(network -> spared.add(new Spared(network, reason)));
    }

    /** A firewall of ours would cut this host off from itself; what a command of the administrator does is his. */
    private static boolean respondsByCommandOnly(Settings settings) {
        return !settings.response().blocks() || settings.blocking().isByCommand(settings.response());
    }
}
