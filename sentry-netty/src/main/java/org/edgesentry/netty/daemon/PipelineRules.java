package org.edgesentry.netty.daemon;

import java.util.ArrayList;
import java.util.List;
import org.edgesentry.core.classify.WatchedNet;
import org.edgesentry.core.config.BlockMethod;
import org.edgesentry.core.config.ResponseMode;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.host.BlockPolicy;
import org.edgesentry.core.host.HostKey;
import org.edgesentry.core.host.HostRules;
import org.edgesentry.core.host.ScanRules;
import org.edgesentry.core.ignore.LeftAlone;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PrefixMap;

/**
 * What the handlers go by, made from the settings and from what the host is like at the moment. Thread: immutable.
 *
 * @param watched for the classifier
 * @param leftAlone for the ignore handler
 * @param hosts for the host table
 */
record PipelineRules(WatchedNet watched, LeftAlone leftAlone, HostRules hosts) {

    static PipelineRules of(Watch watch, HostFacts host, RunOptions options) {
        WatchedNet watched = new WatchedNet(home(watch.settings(), host), watch.plan().readTcp(),
                watch.plan().readUdp(), host.ephemeral());
        LeftAlone leftAlone = new LeftAlone(PrefixMap.of(watch.ignored()), PrefixMap.of(host.nobodyElses()),
                !options.checksLocal());
        return new PipelineRules(watched, leftAlone, hosts(watch.settings(), watch.ignored(), host, options));
    }

    private static PrefixMap home(Settings settings, HostFacts host) {
        List<Cidr> home = new ArrayList<>(host.own());
        home.addAll(settings.detection().homeNet());
        return PrefixMap.of(home);
    }

    private static HostRules hosts(Settings settings, List<Cidr> ignored, HostFacts host, RunOptions options) {
        boolean sparesItself = options.checksLocal() || !respondsByCommandOnly(settings);
        List<Cidr> spared = new ArrayList<>(sparesItself ? host.neverBlocked() : host.dependedOn());
        BlockPolicy policy = new BlockPolicy(settings.response(), settings.blocking(),
                PrefixMap.of(settings.blocking().neverBlockAuto() ? spared : List.of()));
        // A block of a whole prefix must not reach those who are ignored, nor ourselves.
        spared.addAll(host.own());
        spared.addAll(ignored);
        return new HostRules(new HostKey(settings.blocking().ipv6Prefix(), spared),
                ScanRules.of(settings.detection()), policy, settings.blocking().ratePerSecond());
    }

    /** A firewall of ours would cut this host off from itself; what a command of the administrator does is his. */
    private static boolean respondsByCommandOnly(Settings settings) {
        boolean blocks = settings.response().tcp() == ResponseMode.BLOCK
                || settings.response().udp() == ResponseMode.BLOCK;
        BlockMethod method = settings.blocking().method();
        return !blocks || method == BlockMethod.COMMAND
                || method == BlockMethod.AUTO && settings.response().killRoute().isPresent();
    }
}
