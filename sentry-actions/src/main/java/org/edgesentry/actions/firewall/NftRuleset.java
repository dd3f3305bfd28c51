package org.edgesentry.actions.firewall;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.AddressText;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PrefixMask;

/**
 * Writes what nftables is told, nft(8). Nothing outside the table {@code inet edge_sentry} is ever named.
 *
 * <pre>
 * set blocked4   IPv4 addresses
 * set blocked6   network addresses of blocked prefixes (all of BLOCK_IPV6_PREFIX bits), and single IPv6 addresses
 * sets nets4, nets6   other networks: only an administrator blocks those, and no two that overlap
 * chain          prerouting, before connection tracking (raw is -300): holds for established and for forwarded traffic
 * </pre>
 *
 * <p>An IPv6 source is looked up twice in one set: whole, and with its host bits cleared. The second look-up finds
 * elements whose host bits are all zero, so a single address in the set does not hit its neighbours. The one address
 * that would, since it is its own network address (the subnet-router anycast address of RFC 4291, section 2.6.1), is
 * refused. Sets of intervals would not need this, but cannot be changed as fast.
 *
 * <p>Thread: immutable.
 */
final class NftRuleset {

    static final String NAME = "edge_sentry";
    static final String TABLE = "inet " + NAME;
    static final String BLOCKED4 = "blocked4";
    static final String BLOCKED6 = "blocked6";
    /** Sets that hold blocks. */
    static final List<String> BLOCK_SETS = List.of(BLOCKED4, BLOCKED6, "nets4", "nets6");
    private static final String CHAIN = "prerouting";

    private final int ipv6Prefix;
    private final long setSize;

    NftRuleset(int ipv6Prefix, long setSize) {
        this.ipv6Prefix = ipv6Prefix;
        this.setSize = setSize;
    }

    /**
     * Makes table, sets and chain where they are missing, and the rules anew; elements stay. The sets are dynamic, as
     * sets must be that rules of the kernel add to: the flags of a set that is there cannot be changed any more.
     */
    String open() {
        String chain = TABLE + " " + CHAIN;
        String interval = "; flags interval, timeout; }\n";
        return "add table " + TABLE + "\n"
                + "add set " + TABLE + " blocked4 { type ipv4_addr; flags dynamic, timeout; size " + setSize + "; }\n"
                + "add set " + TABLE + " blocked6 { type ipv6_addr; flags dynamic, timeout; size " + setSize + "; }\n"
                + "add set " + TABLE + " nets4 { type ipv4_addr" + interval
                + "add set " + TABLE + " nets6 { type ipv6_addr" + interval
                + "add chain " + chain + " { type filter hook prerouting priority -310; policy accept; }\n"
                + "flush chain " + chain + "\n"
                + "add rule " + chain + " ip saddr @blocked4 drop\n"
                + maskedRule(chain)
                + "add rule " + chain + " ip6 saddr @blocked6 drop\n"
                + "add rule " + chain + " ip saddr @nets4 drop\n"
                + "add rule " + chain + " ip6 saddr @nets6 drop\n";
    }

    /** Takes the sets of addresses away, with what they hold: those of a former version may be of another kind. */
    static String removeSets() {
        return "flush chain " + TABLE + " " + CHAIN + "\n"
                + "delete set " + TABLE + " blocked4\n"
                + "delete set " + TABLE + " blocked6\n";
    }

    /** Names of everything, to compare listings by. */
    static List<String> names() {
        return Stream.concat(BLOCK_SETS.stream(), Stream.of(CHAIN)).toList();
    }

    private String maskedRule(String chain) {
        if (ipv6Prefix == AddressFamily.bits(AddressFamily.IPV6)) {
            return "";
        }
        String mask = AddressText.format(AddressFamily.IPV6, PrefixMask.hi(AddressFamily.IPV6, -1, ipv6Prefix),
                PrefixMask.lo(AddressFamily.IPV6, -1, ipv6Prefix));
        return "add rule " + chain + " ip6 saddr & " + mask + " @blocked6 drop\n";
    }

    /** Blocks these networks, with their own times, whether they are blocked already or not. */
    String block(List<Block> blocks) {
        StringBuilder text = new StringBuilder(blocks.size() * 100);
        for (String set : BLOCK_SETS) {
            List<Block> ofSet = blocks.stream().filter(block -> set(block.target()).equals(set)).toList();
            append(text, "add", set, ofSet, this::timedElement);
            List<Block> renewed = ofSet.stream().filter(Block::renews).toList();
            append(text, "delete", set, renewed, block -> element(block.target()));
            append(text, "add", set, renewed, this::timedElement);
        }
        return text.toString();
    }

    /**
     * Ends the blocks of all; an element that is not there is added first, so that the deletion cannot fail. What the
     * sets cannot hold is not blocked, and left out.
     */
    String unblock(List<Cidr> targets) {
        StringBuilder text = new StringBuilder(targets.size() * 50);
        for (String set : BLOCK_SETS) {
            List<Cidr> ofSet = targets.stream()
                    .filter(target -> set(target).equals(set) && isExpressible(target)).toList();
            append(text, "add", set, ofSet, this::element);
            append(text, "delete", set, ofSet, this::element);
        }
        return text.toString();
    }

    /** The command line for one block. */
    String describe(Block block) {
        return "nft add element " + TABLE + " " + set(block.target()) + " { " + timedElement(block) + " }";
    }

    /** Refuses what the sets cannot hold. */
    void requireExpressible(Cidr target) throws FirewallException {
        Optional<String> reason = whyNotExpressible(target);
        if (reason.isPresent()) {
            throw new FirewallException("nftables: " + reason.get());
        }
    }

    /** Whether the sets can hold it. */
    boolean isExpressible(Cidr target) {
        return whyNotExpressible(target).isEmpty();
    }

    private Optional<String> whyNotExpressible(Cidr target) {
        if (target.family() == AddressFamily.IPV6 && target.isSingleAddress() && !isOurPrefix(target)
                && PrefixMask.isNetwork(target.family(), target.hi(), target.lo(), ipv6Prefix)) {
            return Optional.of("a block of " + target + " alone would block all of its /" + ipv6Prefix
                    + " (BLOCK_IPV6_PREFIX)");
        }
        return Optional.empty();
    }

    private boolean isOurPrefix(Cidr target) {
        return target.family() == AddressFamily.IPV6 && target.prefixLength() == ipv6Prefix;
    }

    /** A line an element: with an error nft repeats the line at fault. */
    private static <T> void append(StringBuilder text, String verb, String set, List<T> list,
                                   Function<T, String> element) {
        if (!list.isEmpty()) {
            text.append(verb).append(" element ").append(TABLE).append(' ').append(set).append(" {\n")
                    .append(list.stream().map(element).collect(Collectors.joining(",\n"))).append(" }\n");
        }
    }

    /** Whether the target is an element of the sets of addresses, and not of those of networks. */
    boolean isElement(Cidr target) {
        return target.isSingleAddress() || isOurPrefix(target);
    }

    private String set(Cidr target) {
        boolean ipv4 = target.family() == AddressFamily.IPV4;
        if (isElement(target)) {
            return ipv4 ? BLOCKED4 : BLOCKED6;
        }
        return ipv4 ? "nets4" : "nets6";
    }

    private String timedElement(Block block) {
        return block.seconds() == 0
                ? element(block.target())
                : element(block.target()) + " timeout " + block.seconds() + "s";
    }

    private String element(Cidr target) {
        String address = AddressText.format(target.family(), target.hi(), target.lo());
        return isElement(target) ? address : address + "/" + target.prefixLength();
    }
}
