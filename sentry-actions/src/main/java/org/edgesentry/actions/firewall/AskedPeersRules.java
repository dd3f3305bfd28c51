package org.edgesentry.actions.firewall;

import java.util.List;
import org.edgesentry.actions.ActionLimits;

/**
 * Rules that remember whom this host has asked over UDP from a trap port, so that a late answer is no probe: a chain in
 * the output hook and three sets, in the table of {@link NftRuleset}.
 *
 * <pre>
 * chain NAME            output: fills the sets
 * sets PREFIX4, PREFIX6 peer, its port, our port
 * set PREFIX_all        our port, where a group was asked, so that anybody may answer
 * </pre>
 *
 * <p>Thread: immutable.
 *
 * @param chain name of the chain
 * @param prefix beginning of the sets' names
 */
record AskedPeersRules(String chain, String prefix) {

    private static final String TABLE = NftRuleset.TABLE;

    /** Names of the sets. */
    List<String> sets() {
        return List.of(prefix + "4", prefix + "6", prefix + "_all");
    }

    /** Makes chain and sets where they are missing, the chain without rules. */
    String frame() {
        String set = "flags dynamic, timeout; timeout " + ActionLimits.ASKED_SECONDS + "s; size "
                + ActionLimits.ASKED_PEERS + "; }\n";
        return "add set " + TABLE + " " + prefix + "4 { type ipv4_addr . inet_service . inet_service; " + set
                + "add set " + TABLE + " " + prefix + "6 { type ipv6_addr . inet_service . inet_service; " + set
                + "add set " + TABLE + " " + prefix + "_all { type inet_service; " + set
                + "add chain " + TABLE + " " + chain
                + " { type filter hook output priority -50; policy accept; }\n"
                + "flush chain " + TABLE + " " + chain + "\n";
    }

    /**
     * Remembers what is asked.
     *
     * @param ports what the source port must match, as nft words it
     * @param before rules that come first
     */
    String remember(String ports, List<String> before) {
        StringBuilder text = new StringBuilder(rule(chain, "oifname \"lo\" return"));
        before.forEach(rule -> text.append(rule(chain, rule)));
        String match = "udp sport " + ports + " ";
        return text.append(rule(chain, match + "fib daddr type { broadcast, multicast } update @" + prefix
                        + "_all { udp sport }"))
                .append(rule(chain, match + "update @" + prefix + "4 { ip daddr . udp dport . udp sport }"))
                .append(rule(chain, match + "update @" + prefix + "6 { ip6 daddr . udp dport . udp sport }"))
                .toString();
    }

    /** Rules that leave a chain with the answers of who was asked. */
    String returnAnswers(String from) {
        return rule(from, "ip saddr . udp sport . udp dport @" + prefix + "4 return")
                + rule(from, "ip6 saddr . udp sport . udp dport @" + prefix + "6 return")
                + rule(from, "udp dport @" + prefix + "_all return");
    }

    private static String rule(String of, String text) {
        return "add rule " + TABLE + " " + of + " " + text + "\n";
    }
}
