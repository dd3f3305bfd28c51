package org.edgesentry.core.net;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgesentry.core.text.PrintableText;

/**
 * Reads addresses and networks from text: {@code 192.0.2.7}, {@code 192.0.2.0/24}, {@code 192.0.2.0/255.255.255.0},
 * {@code 2001:db8::/32}. An IPv4-mapped IPv6 address ({@code ::ffff:192.0.2.7}) is the IPv4 address that it stands for.
 *
 * <p>Odd notations (octal, missing octets, wildcards, zones, masks with holes) are refused: in an ignore list they are
 * mistakes, and a guess would let the wrong host through.
 *
 * <p>Thread: any. Errors: {@link IllegalArgumentException} with a message fit for the administrator; the text in it is
 * cut and escaped.
 */
public final class CidrParser {

    /** The outer form, checked first: the address library trims blanks and is lenient about what follows the slash. */
    private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f:.]{2,45})(?:/([0-9.]{1,15}))?");
    private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false).allowAll(false).allowSingleSegment(false).allowWildcardedSeparator(false)
            .allowPrefix(false).allowMask(false)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false).allowLeadingZeros(false).allowBinary(false).getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false).allowBinary(false).allowBase85(false).allowUnlimitedLeadingZeros(false)
            .getEmbeddedIPv4AddressParametersBuilder()
            .allow_inet_aton(false).allowLeadingZeros(false).allowBinary(false).getEmbeddedIPv4AddressParentBuilder()
            .getParentBuilder()
            .setRangeOptions(RangeParameters.NO_RANGE)
            .toParams();

    private CidrParser() {
    }

    /** Reads one address or network; host bits behind the prefix are cleared. */
    public static Cidr parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw refused(text, "is not an IP address or network");
        }
        byte[] address = address(text, parts.group(1));
        int bits = address.length * Byte.SIZE;
        int prefixLength = parts.group(2) == null ? bits : prefixLength(text, parts.group(2), bits);
        if (prefixLength < 96 && isMapped(address)) {
            throw refused(text, "cuts into an IPv4-mapped address; write the IPv4 network");
        }
        return ofBytes(address, prefixLength);
    }

    /**
     * A network from the bytes of an address in network order, as the kernel and {@code InetAddress} give them.
     *
     * @param bytes 4 or 16 bytes
     */
    public static Cidr ofBytes(byte[] bytes, int prefixLength) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length == 4) {
            return new Cidr(AddressFamily.IPV4, 0, Integer.toUnsignedLong(buffer.getInt()), prefixLength);
        }
        if (bytes.length != 16) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
        }
        long hi = buffer.getLong();
        long lo = buffer.getLong();
        return isMapped(bytes) && prefixLength >= 96
                ? new Cidr(AddressFamily.IPV4, 0, lo & 0xFFFF_FFFFL, prefixLength - 96)
                : new Cidr(AddressFamily.IPV6, hi, lo, prefixLength);
    }

    /** RFC 4291, section 2.5.5.2: 80 zero bits, 16 one bits, then the IPv4 address. */
    private static boolean isMapped(byte[] bytes) {
        if (bytes.length != 16) {
            return false;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return buffer.getLong() == 0 && buffer.getInt() == 0xFFFF;
    }

    private static byte[] address(String text, String part) {
        try {
            IPAddress address = new IPAddressString(part, STRICT).toAddress();
            if (address != null) {
                return address.getBytes();
            }
        } catch (AddressStringException e) {
            throw new IllegalArgumentException(message(text, "is not an IP address or network"), e);
        }
        throw refused(text, "is not an IP address or network");
    }

    private static int prefixLength(String text, String part, int bits) {
        if (part.indexOf('.') >= 0) {
            return maskLength(text, part, bits);
        }
        if (!LENGTH.matcher(part).matches() || Integer.parseInt(part) > bits) {
            throw refused(text, "has no valid prefix length (0 to " + bits + ")");
        }
        return Integer.parseInt(part);
    }

    private static int maskLength(String text, String part, int bits) {
        byte[] mask = address(text, part);
        int ones = Integer.numberOfLeadingZeros(~ByteBuffer.wrap(mask).getInt());
        if (bits != 32 || mask.length != 4 || ones != Integer.bitCount(ByteBuffer.wrap(mask).getInt())) {
            throw refused(text, "has no valid mask (a dotted mask is 255s, then 0s, of an IPv4 network)");
        }
        return ones;
    }

    private static IllegalArgumentException refused(String text, String why) {
        return new IllegalArgumentException(message(text, why));
    }

    private static String message(String text, String why) {
        return PrintableText.quote(text) + " " + why;
    }
}
