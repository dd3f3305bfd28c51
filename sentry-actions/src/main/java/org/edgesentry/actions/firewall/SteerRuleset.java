package org.edgesentry.actions.firewall;

import java.util.List;
import java.util.Map;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PortSet;

/**
 * Writes the rules that hand a listener what is sent to trap ports, nft(8). They stand in chains and sets of their own
 * in our table, beside those of {@link NftRuleset}, and neither touches the other's.
 *
 * <pre>
 * chain steer        prerouting, after the destination NAT (-100): what goes on to a container or another host is not
 *                    addressed to this host any more. Blocked sources were dropped long before (-310)
 * chain steer_to     what is left: no socket of ours takes it, not the late answer to a question of ours; so: tproxy
 * chain steer_asked  output: remembers what this host asks over UDP from a trap port
 * sets asked4, asked6, asked_all   whom it asked (all: a group, so that anybody may answer)
 * </pre>
 *
 * <p>The expression {@code socket transparent 0} finds any socket that would take the packet and is not one of the
 * traps' own: a listener, a connection, one in TIME_WAIT. Established connections are not even looked up, but for bare
 * ACKs: one of those ends a handshake that the kernel has kept no memory of (SYN cookies), and only the listener knows.
 *
 * <p>What is steered is addressed to this host, and the kernel delivers it without a routing rule.
 *
 * <p>Thread: immutable.
 *
 * @param ports trap ports by protocol
 * @param targets the listeners
 */
record SteerRuleset(Map<Integer, PortSet> ports, List<SteerTarget> targets) {

    private static final String TABLE = NftRuleset.TABLE;
    private static final String STEER = TABLE + " steer";
    private static final String STEER_TO = TABLE + " steer_to";
    private static final AskedPeersRules ASKED = new AskedPeersRules("steer_asked", "asked");
    private static final List<String> CHAINS = List.of(STEER, TABLE + " " + ASKED.chain(), STEER_TO);

    /** Makes everything that is missing and writes the rules anew, in one transaction. */
    String install() {
        return frame() + steer() + steerTo() + asked();
    }

    /** Takes everything away; what is not there is made first, so that this cannot fail. */
    static String remove() {
        StringBuilder text = new StringBuilder(frame());
        CHAINS.forEach(chain -> text.append("delete chain ").append(chain).append('\n'));
        ASKED.sets().forEach(set -> text.append("delete set ").append(TABLE).append(' ').append(set).append('\n'));
        return text.toString();
    }

    /** Shows our table. */
    static String list() {
        return "list table " + TABLE + "\n";
    }

    /** Of that, the part that is ours: for a comparison with what was shown before. */
    static String ownChains(String listing) {
        return NftListing.parts(listing, List.of("steer", "steer_to", ASKED.chain()));
    }

    /** Whether the table holds the blocks as well. */
    static boolean hasBlocks(String listing) {
        return listing.contains("\tset blocked4 ");
    }

    private static String frame() {
        return "add table " + TABLE + "\n"
                + ASKED.frame()
                + "add chain " + STEER + " { type filter hook prerouting priority -50; policy accept; }\n"
                + "add chain " + STEER_TO + "\n"
                + "flush chain " + STEER + "\n"
                + "flush chain " + STEER_TO + "\n";
    }

    private String steer() {
        String flags = "tcp flags & (fin | syn | rst | psh | ack)";
        return rule(STEER, "iifname \"lo\" return")
                + rule(STEER, flags + " != syn " + flags + " != ack return")
                + portRule(STEER, "tcp dport", IpProtocol.TCP, "goto steer_to")
                + portRule(STEER, "udp dport", IpProtocol.UDP, "goto steer_to");
    }

    private String steerTo() {
        StringBuilder text = new StringBuilder()
                .append(rule(STEER_TO, "socket transparent 0 return"))
                .append(rule(STEER_TO, "fib daddr type != local return"))
                .append(ASKED.returnAnswers("steer_to"));
        for (SteerTarget target : targets) {
            boolean ipv4 = target.family() == AddressFamily.IPV4;
            text.append(rule(STEER_TO, "meta nfproto " + (ipv4 ? "ipv4" : "ipv6") + " meta l4proto "
                    + (target.protocol() == IpProtocol.TCP ? "tcp" : "udp") + " tproxy "
                    + (ipv4 ? "ip to 127.0.0.1:" : "ip6 to [::1]:") + target.port() + " accept"));
        }
        return text.toString();
    }

    private String asked() {
        PortSet udp = ports.getOrDefault(IpProtocol.UDP, PortSet.EMPTY);
        return udp.isEmpty() ? "" : ASKED.remember("{ " + udp + " }",
                List.of("meta mark " + Steering.MARK + " return"));
    }

    private String portRule(String chain, String match, int protocol, String statement) {
        PortSet set = ports.getOrDefault(protocol, PortSet.EMPTY);
        return set.isEmpty() ? "" : rule(chain, match + " { " + set + " } " + statement);
    }

    private static String rule(String chain, String text) {
        return "add rule " + chain + " " + text + "\n";
    }
}
