package org.edgesentry.actions.firewall;

import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.AddressText;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrLists;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.net.PrefixMask;

/**
 * Writes the rules with which the kernel itself answers the first probe of a trap, nft(8). They stand in chains and
 * sets of their own in our table, beside those of {@link NftRuleset}, whose sets they add to.
 *
 * <pre>
 * chain traps      prerouting, after the destination NAT (-100), so that what goes on to a container is none of ours:
 *                  segments without ACK and RST to a TCP trap, datagrams to a UDP trap
 * chain trapped    leaves what a socket would take, what is not for this host, whoever is spared, late answers
 * chain shut_out   within the rate: adds the source to blocked4 or blocked6, and to fresh4 or fresh6; drops
 * sets fresh4, fresh6   what was added in the last seconds, for the daemon to compare its record with
 * </pre>
 *
 * <p>The expression {@code socket transparent} finds any socket that would take the packet: a listener, a connection,
 * one in TIME_WAIT or half open; so live services are left alone at the moment of the packet itself. Where a set is
 * full, or the rate used up, the probe is dropped all the same: there is nothing at a trap that anybody could miss.
 * Answers of DHCP servers pass: a client asks past the output hook, and may have no socket.
 *
 * <p>Thread: immutable.
 *
 * @param rules what is asked for
 * @param ipv6Prefix BLOCK_IPV6_PREFIX
 * @param blocks whether sources are blocked; else, with BLOCK_MAX reached, their probes are only dropped
 */
record TrapRuleset(TrapRules rules, int ipv6Prefix, boolean blocks) {

    /** How long an element stays in a fresh set, but no longer than blocked: the daemon looks every two seconds. */
    static final int FRESH_SECONDS = 10;

    private static final String TABLE = NftRuleset.TABLE;
    private static final AskedPeersRules ASKED = new AskedPeersRules("trap_asked", "trap_asked");
    /** In the order in which they can be deleted. */
    private static final List<String> CHAINS = List.of("traps", "trapped", "shut_out", ASKED.chain());
    private static final List<String> SETS =
            List.of("trap_tcp", "trap_udp", "spared4", "spared6", "shared6", "fresh4", "fresh6");
    /** A tenth of the rate may come at once. */
    private static final int BURST_SHARE = 10;

    /** Makes what is missing and writes everything anew, in one transaction; the fresh sets keep what they have. */
    String install() {
        return frame() + contents() + traps() + trapped() + shutOut() + asked();
    }

    /** Takes targets that are no longer blocked out of the fresh sets, or they would be taken for blocked still. */
    static String forget(List<Cidr> targets) {
        return forget("fresh4", targets, AddressFamily.IPV4) + forget("fresh6", targets, AddressFamily.IPV6);
    }

    private static String forget(String set, List<Cidr> targets, int family) {
        String elements = targets.stream().filter(target -> target.family() == family)
                .map(target -> AddressText.format(family, target.hi(), target.lo()))
                .distinct().collect(Collectors.joining(",\n"));
        String element = " element " + TABLE + " " + set + " {\n" + elements + " }\n";
        return elements.isEmpty() ? "" : "add" + element + "delete" + element;
    }

    /** Takes everything away; what is not there is made first, so that this cannot fail. */
    static String remove() {
        StringBuilder text = new StringBuilder(frame());
        CHAINS.forEach(chain -> text.append("delete chain ").append(TABLE).append(' ').append(chain).append('\n'));
        SETS.forEach(set -> text.append("delete set ").append(TABLE).append(' ').append(set).append('\n'));
        ASKED.sets().forEach(set -> text.append("delete set ").append(TABLE).append(' ').append(set).append('\n'));
        return text.toString();
    }

    /** Whether a listing of our table has such rules. */
    static boolean isIn(String listing) {
        return listing.contains("\tchain traps {");
    }

    /** Names of everything, to compare listings by. */
    static List<String> names() {
        return Stream.of(CHAINS, SETS, ASKED.sets()).flatMap(List::stream).toList();
    }

    private static String frame() {
        String interval = "; flags interval; }\n";
        String fresh = "; flags dynamic, timeout; timeout " + FRESH_SECONDS + "s; size 65536; }\n";
        return "add table " + TABLE + "\n"
                + "add set " + TABLE + " trap_tcp { type inet_service" + interval
                + "add set " + TABLE + " trap_udp { type inet_service" + interval
                + "add set " + TABLE + " spared4 { type ipv4_addr" + interval
                + "add set " + TABLE + " spared6 { type ipv6_addr" + interval
                + "add set " + TABLE + " shared6 { type ipv6_addr" + interval
                + "add set " + TABLE + " fresh4 { type ipv4_addr" + fresh
                + "add set " + TABLE + " fresh6 { type ipv6_addr" + fresh
                + ASKED.frame()
                + "add chain " + TABLE + " traps { type filter hook prerouting priority -50; policy accept; }\n"
                + "add chain " + TABLE + " trapped\n"
                + "add chain " + TABLE + " shut_out\n"
                + "flush chain " + TABLE + " traps\n"
                + "flush chain " + TABLE + " trapped\n"
                + "flush chain " + TABLE + " shut_out\n";
    }

    private String contents() {
        return fill("trap_tcp", ports(rules.tcp())) + fill("trap_udp", ports(rules.udp()))
                + fill("spared4", networks(rules.spared(), AddressFamily.IPV4))
                + fill("spared6", networks(rules.spared(), AddressFamily.IPV6))
                + fill("shared6", networks(rules.shared(), AddressFamily.IPV6));
    }

    private static String fill(String set, List<String> elements) {
        String flush = "flush set " + TABLE + " " + set + "\n";
        return elements.isEmpty() ? flush
                : flush + "add element " + TABLE + " " + set + " {\n" + String.join(",\n", elements) + " }\n";
    }

    private static List<String> ports(PortSet ports) {
        return ports.isEmpty() ? List.of() : List.of(ports.toString().split(","));
    }

    private static List<String> networks(List<Cidr> networks, int family) {
        return CidrLists.withoutCovered(networks).stream().filter(network -> network.family() == family)
                .map(network -> AddressText.format(family, network.hi(), network.lo()) + "/" + network.prefixLength())
                .toList();
    }

    private String traps() {
        String ours = interfaces();
        return rule("traps", ours + "tcp flags & (ack | rst) == 0 tcp dport @trap_tcp goto trapped")
                + rule("traps", ours + "udp dport @trap_udp goto trapped");
    }

    private String interfaces() {
        if (rules.interfaces().isEmpty()) {
            return "iifname != \"lo\" ";
        }
        StringJoiner names = new StringJoiner("\", \"", "iifname { \"", "\" } ");
        rules.interfaces().forEach(names::add);
        return names.toString();
    }

    private String trapped() {
        String goOn = blocks && rules.blocksPerSecond() > 0
                ? rule("trapped", "limit rate " + rate() + "/second burst " + burst() + " packets goto shut_out") : "";
        return rule("trapped", "socket transparent 0 return")
                + rule("trapped", "socket transparent 1 return")
                + rule("trapped", "fib daddr type != local return")
                + rule("trapped", "fib saddr type != unicast return")
                + rule("trapped", "ip saddr @spared4 return")
                + rule("trapped", "ip6 saddr @spared6 return")
                + ASKED.returnAnswers("trapped")
                + rule("trapped", "udp sport . udp dport { 67 . 68, 547 . 546 } return")
                + goOn
                + rule("trapped", "drop");
    }

    private int burst() {
        return Math.max(1, rules.blocksPerSecond() / BURST_SHARE);
    }

    private int rate() {
        return Math.max(1, rules.blocksPerSecond() - burst());
    }

    private String shutOut() {
        String timeout = rules.blockSeconds() == 0 ? "" : " timeout " + rules.blockSeconds() + "s";
        boolean single = ipv6Prefix == AddressFamily.bits(AddressFamily.IPV6);
        String network = single ? "ip6 saddr" : "ip6 saddr & " + mask(ipv6Prefix);
        String alone = single ? "" : rule("shut_out", "ip6 saddr @shared6 ip6 saddr & " + hostMask() + " == :: drop")
                + rule("shut_out", "ip6 saddr @shared6 " + addition("6", "ip6 saddr", timeout) + " drop")
                + rule("shut_out", "ip6 saddr @shared6 drop");
        return rule("shut_out", "meta nfproto ipv4 " + addition("4", "ip saddr", timeout) + " drop")
                + alone
                + rule("shut_out", "meta nfproto ipv6 " + addition("6", network, timeout) + " drop")
                + rule("shut_out", "drop");
    }

    private String addition(String family, String element, String timeout) {
        String fresh = rules.blockSeconds() < FRESH_SECONDS ? timeout : "";
        return "add @blocked" + family + " { " + element + timeout + " } add @fresh" + family + " { " + element + fresh
                + " }";
    }

    private static String mask(int prefix) {
        return AddressText.format(AddressFamily.IPV6, PrefixMask.hi(AddressFamily.IPV6, -1, prefix),
                PrefixMask.lo(AddressFamily.IPV6, -1, prefix));
    }

    private String hostMask() {
        return AddressText.format(AddressFamily.IPV6, ~PrefixMask.hi(AddressFamily.IPV6, -1, ipv6Prefix),
                ~PrefixMask.lo(AddressFamily.IPV6, -1, ipv6Prefix));
    }

    private String asked() {
        return rules.udp().isEmpty() ? "" : ASKED.remember("@trap_udp", List.of());
    }

    private static String rule(String chain, String text) {
        return "add rule " + TABLE + " " + chain + " " + text + "\n";
    }
}
