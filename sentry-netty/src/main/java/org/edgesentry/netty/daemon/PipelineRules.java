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
 * @param offload for what the kernel does by itself, which is in the responses too
 */
record PipelineRules(WatchedNet watched, LeftAlone leftAlone, HostRules hosts, ResponseRules responses,
                     OffloadPlan offload) {

    static PipelineRules of(Watch watch, HostFacts host, RunOptions options) {
        HostView view = host.view();
        WatchedNet watched = new WatchedNet(home(watch.settings(), view), PrefixMap.of(view.own()),
                PrefixMap.of(view.broadcast()), watch.plan().readTcp(), watch.plan().readUdp(), host.ephemeralPorts());
        LeftAlone leftAlone = new LeftAlone(PrefixMap.of(watch.ignored()), PrefixMap.of(view.nobodyElses()),
                !options.checksLocal());
        Protection protection = Protection.of(watch, view, options);
        OffloadPlan offload = OffloadPlan.of(watch, protection.besideUs(), view, options);
        ResponseRules responses = new ResponseRules(watch.settings().response(), watch.settings().blocking(),
                options.modes(), protection.spared(), watch.settings().notification(), offload.rules());
        return new PipelineRules(watched, leftAlone, hosts(watch.settings(), protection, offload), responses, offload);
    }

    private static PrefixMap home(Settings settings, HostView host) {
        List<Cidr> home = new ArrayList<>(host.own());
        home.addAll(settings.detection().homeNet());
        return PrefixMap.of(home);
    }

    private static HostRules hosts(Settings settings, Protection protection, OffloadPlan offload) {
        Settings.Blocking blocking = settings.blocking();
        BlockPolicy policy = new BlockPolicy(settings.response(), blocking, PrefixMap.of(protection.neverBlocked()));
        return new HostRules(new HostKey(blocking.ipv6HostPrefix(settings.response()), protection.besideUs()),
                ScanRules.of(settings.detection()), policy, offload.restOfRate(blocking.ratePerSecond()));
    }
}
