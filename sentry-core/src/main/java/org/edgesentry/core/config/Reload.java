package org.edgesentry.core.config;

import java.util.ArrayList;
import java.util.List;
import org.edgesentry.core.config.Settings.Blocking;
import org.edgesentry.core.config.Settings.Files;
import org.edgesentry.core.config.Settings.Response;
import org.edgesentry.core.config.Settings.Traps;

/**
 * A newer configuration as far as a running daemon can take it over. What holds the firewall's tables, open files,
 * sockets and threads together stays as it was until the next start.
 *
 * <p>Thread: immutable.
 *
 * @param settings what is in force from now on
 * @param needRestart keys whose new values are not
 */
public record Reload(Settings settings, List<String> needRestart) {

    /** Brings the newer settings in, as far as that goes. */
    public static Reload of(Settings inForce, Settings newer) {
        Settings settings = new Settings(traps(inForce.traps(), newer.traps()), newer.advanced(),
                files(inForce.files(), newer.files()), response(inForce, newer),
                blocking(inForce.blocking(), newer.blocking()), newer.detection(), newer.notification(),
                inForce.service());
        return new Reload(settings, differing(settings, newer));
    }

    private static Traps traps(Traps inForce, Traps newer) {
        return new Traps(newer.tcpPorts(), newer.udpPorts(), inForce.banner(), inForce.answer(), inForce.steer());
    }

    private static Files files(Files inForce, Files newer) {
        return new Files(newer.ignore(), inForce.history(), inForce.blocked(), inForce.stateDirectory(),
                inForce.eventLog());
    }

    /** With KILL_ROUTE, or without it, another method blocks: that takes a new start. */
    private static Response response(Settings inForce, Settings newer) {
        Response old = inForce.response();
        Response response = newer.response();
        boolean sameMethod = inForce.blocking().isByCommand(old) == inForce.blocking().isByCommand(response);
        return sameMethod || !old.blocks() ? response : new Response(response.tcp(), response.udp(), old.killRoute(),
                response.killHostsDeny(), response.killRunCommand(), response.runCommandFirst());
    }

    private static Blocking blocking(Blocking inForce, Blocking newer) {
        return new Blocking(inForce.method(), newer.time(), newer.timeFactor(), newer.timeMax(), inForce.ipv6Prefix(),
                newer.ratePerSecond(), inForce.max(), newer.verifiedOnly(), newer.offload(), newer.neverBlockAuto(),
                newer.extend());
    }

    private static List<String> differing(Settings settings, Settings newer) {
        List<String> differing = new ArrayList<>();
        for (ConfigKey<?> key : ConfigKeys.ALL) {
            if (!key.line(settings).equals(key.line(newer))) {
                differing.add(key.name());
            }
        }
        return differing;
    }
}
