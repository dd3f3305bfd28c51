package org.edgesentry.actions.firewall;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.PrefixMask;

/** Reads what nftables lists, in the text of nft(8). What is not understood is passed over. Thread: any. */
final class NftListing {

    /** An address or a network that stands alone: not in a range, a word, or one with a port. */
    private static final Pattern ELEMENT = Pattern.compile("(?<![^\\s,{])([0-9a-f.:]+(?:/[0-9]{1,3})?)(?=[\\s,}]|$)"
            + "(?! \\.)((?: timeout [0-9a-z]+)?(?: expires ([0-9a-z]+))?)");
    private static final Pattern COMMENT = Pattern.compile("\"[^\"]*\"");
    private static final Pattern TIME_PART = Pattern.compile("([0-9]{1,18})(ms|[wdhms])");
    private static final String ELEMENTS = "elements = {";

    private NftListing() {
    }

    /** The blocks that one set holds, in a listing of that set; networks stand for addresses without host bits. */
    static List<HeldBlock> blocks(String listing, int ipv6Prefix) {
        return listing.indexOf('"') < 0 ? blocksIn(listing, ipv6Prefix)
                : blocksIn(COMMENT.matcher(listing).replaceAll(""), ipv6Prefix);
    }

    private static List<HeldBlock> blocksIn(String listing, int ipv6Prefix) {
        int start = listing.indexOf(ELEMENTS);
        if (start < 0) {
            return List.of();
        }
        int end = listing.indexOf('}', start);
        List<HeldBlock> blocks = new ArrayList<>();
        Matcher element = ELEMENT.matcher(listing).region(start + ELEMENTS.length(), end < 0 ? listing.length() : end);
        while (element.find()) {
            addBlock(element, ipv6Prefix, blocks);
        }
        return blocks;
    }

    private static void addBlock(Matcher element, int ipv6Prefix, List<HeldBlock> blocks) {
        try {
            Cidr target = target(CidrParser.parse(element.group(1)), ipv6Prefix);
            blocks.add(new HeldBlock(target, element.group(3) == null ? 0 : seconds(element.group(3))));
        } catch (IllegalArgumentException e) {
            // Not one of ours.
            return;
        }
    }

    private static Cidr target(Cidr element, int ipv6Prefix) {
        boolean network = element.family() == AddressFamily.IPV6 && element.isSingleAddress()
                && PrefixMask.isNetwork(element.family(), element.hi(), element.lo(), ipv6Prefix);
        return network ? new Cidr(element.family(), element.hi(), element.lo(), ipv6Prefix) : element;
    }

    /** {@code 6d23h59m59s940ms}, rounded up; at least one. */
    static long seconds(String time) {
        long millis = 0;
        Matcher part = TIME_PART.matcher(time);
        while (part.find()) {
            millis += Long.parseLong(part.group(1)) * unitMillis(part.group(2));
        }
        return Math.max(1, (millis + 999) / 1_000);
    }

    private static long unitMillis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            default -> 7 * 86_400_000L;
        };
    }

    /** Of a listing of a table the sets and chains with these names, for a comparison with what was shown before. */
    static String parts(String listing, Collection<String> names) {
        StringJoiner parts = new StringJoiner("\n");
        boolean inside = false;
        for (String line : listing.split("\n")) {
            if (line.startsWith("\tset ") || line.startsWith("\tchain ")) {
                inside = names.contains(line.substring(line.indexOf(' ') + 1).replace(" {", ""));
            }
            if (inside) {
                parts.add(line);
            }
            inside &= !line.startsWith("\t}");
        }
        return parts.toString();
    }
}
