package org.edgesentry.core.net;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.nio.ByteBuffer;

/**
 * Reads addresses and networks from text: {@code 192.0.2.7}, {@code 192.0.2.0/24}, {@code 192.0.2.0/255.255.255.0},
 * {@code 2001:db8::/32}. An IPv4-mapped IPv6 address ({@code ::ffff:192.0.2.7}) is the IPv4 address that it stands for.
 *
 * <p>Thread: any. Errors: {@link IllegalArgumentException} with a message fit for the administrator.
 */
public final class CidrParser {

    /** Odd notations (octal, missing octets, wildcards, zones) are refused: in an ignore list they are mistakes. */
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false).allowAll(false).allowSingleSegment(false).allowWildcardedSeparator(false)
            .allowPrefixOnly(false)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false).allowLeadingZeros(false).allowBinary(false).getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false).allowBinary(false).allowBase85(false).getParentBuilder()
            .setRangeOptions(inet.ipaddr.AddressStringParameters.RangeParameters.NO_RANGE)
            .toParams();

    private CidrParser() {
    }

    /** Reads one address or network; host bits behind the prefix are cleared. */
    public static Cidr parse(String text) {
        IPAddress address;
        try {
            address = new IPAddressString(text, STRICT).toAddress();
        } catch (AddressStringException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not an IP address or network", e);
        }
        if (address == null) {
            throw new IllegalArgumentException("\"" + text + "\" is not an IP address or network");
        }
        int bits = address.getBitCount();
        int prefixLength = address.getNetworkPrefixLength() == null ? bits : address.getNetworkPrefixLength();
        return ofBytes(address.getLower().withoutPrefixLength().getBytes(), prefixLength);
    }

    /** A network from the bytes of an address in network order, as the kernel and {@code InetAddress} give them. */
    public static Cidr ofBytes(byte[] bytes, int prefixLength) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length == 4) {
            return new Cidr(AddressFamily.IPV4, 0, Integer.toUnsignedLong(buffer.getInt()), prefixLength);
        }
        long hi = buffer.getLong();
        long lo = buffer.getLong();
        boolean mapped = hi == 0 && lo >>> 32 == 0xFFFF && prefixLength >= 96;
        return mapped
                ? new Cidr(AddressFamily.IPV4, 0, lo & 0xFFFF_FFFFL, prefixLength - 96)
                : new Cidr(AddressFamily.IPV6, hi, lo, prefixLength);
    }
}
