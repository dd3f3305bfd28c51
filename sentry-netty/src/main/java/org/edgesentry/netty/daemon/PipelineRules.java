package org.edgesentry.netty.daemon;

import java.util.ArrayList;
import java.util.List;
import org.edgesentry.actions.respond.ResponseRules;
import org.edgesentry.core.classify.WatchedNet;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.host.BlockPolicy;
import org.edgesentry.core.host.HostKey;
import org.edgesentry.core.host.HostRules;
import org.edgesentry.core.host.ScanRules;
import org.edgesentry.core.ignore.LeftAlone;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PrefixMap;
import org.edgesentry.netty.host.HostView;

/**
 * What handlers and responder go by, made from the settings and from what the host is like now. Thread: immutable.
 *
 * @param watched for the classifier
 * @param leftAlone for the ignore handler
 * @param hosts for the host table
 * @param responses for what is done to a scanner
 */
record PipelineRules(WatchedNet watched, LeftAlone leftAlone, HostRules hosts, ResponseRules responses) {

    static PipelineRules of(Watch watch, HostFacts host, RunOptions options) {
        HostView view = host.view();
        WatchedNet watched = new WatchedNet(home(watch.settings(), view), PrefixMap.of(view.own()),
                PrefixMap.of(view.broadcast()), watch.plan().readTcp(), watch.plan().readUdp(), host.ephemeralPorts());
        LeftAlone leftAlone = new LeftAlone(PrefixMap.of(watch.ignored()), PrefixMap.of(view.nobodyElses()),
                !options.checksLocal());
        return new PipelineRules(watched, leftAlone, hosts(watch.settings(), watch.ignored(), view, options),
                new ResponseRules(watch.settings().response(), options.modes(), watch.ignored()));
    }

    private static PrefixMap home(Settings settings, HostView host) {
        List<Cidr> home = new ArrayList<>(host.own());
        home.addAll(settings.detection().homeNet());
        return PrefixMap.of(home);
    }

    private static HostRules hosts(Settings settings, List<Cidr> ignored, HostView host, RunOptions options) {
        boolean sparesItself = options.checksLocal() || !respondsByCommandOnly(settings);
        List<Cidr> spared = new ArrayList<>(sparesItself ? host.neverBlocked() : host.dependedOn());
        BlockPolicy policy = new BlockPolicy(settings.response(), settings.blocking(),
                PrefixMap.of(settings.blocking().neverBlockAuto() ? spared : List.of()));
        // A block of a whole prefix must not reach those who are ignored, nor ourselves.
        spared.addAll(host.own());
        spared.addAll(ignored);
        return new HostRules(new HostKey(settings.blocking().ipv6HostPrefix(settings.response()), spared),
                ScanRules.of(settings.detection()), policy, settings.blocking().ratePerSecond());
    }

    /** A firewall of ours would cut this host off from itself; what a command of the administrator does is his. */
    private static boolean respondsByCommandOnly(Settings settings) {
        return !settings.response().blocks() || settings.blocking().isByCommand(settings.response());
    }
}
