package org.edgesentry.netty.host;

import java.util.Arrays;
import java.util.Optional;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;

/**
 * Finds the address of another host in what a login program wrote down. Names are not looked up, and are no address;
 * nor is what no user can come from: loopback, the unspecified address, multicast.
 *
 * <p>Thread: any. Errors: none; whatever it is given, the answer is a single address or nothing.
 */
final class RemoteAddress {

    private static final int LONGEST_TEXT = 45;
    private static final int IPV4_BYTES = 4;

    private RemoteAddress() {
    }

    /** The first word of the text, as in {@code 192.0.2.7 via mosh [4711]}, up to the zone in {@code fe80::1%eth0}. */
    static Optional<Cidr> ofText(String text) {
        String word = text.substring(0, end(text));
        if (word.length() > LONGEST_TEXT || word.indexOf('.') < 0 && word.indexOf(':') < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(CidrParser.parse(word)).filter(RemoteAddress::isSomebodyElses);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Where the digits of an address end; 0 where something follows that belongs to a name, a port or a prefix. */
    private static int end(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '%') {
                return i;
            }
            if (Character.digit(c, 16) < 0 && c != '.' && c != ':') {
                return 0;
            }
        }
        return text.length();
    }

    /** {@code ut_addr_v6}: 16 bytes in network order, of which an IPv4 address takes the first four. */
    static Optional<Cidr> ofBytes(byte[] bytes) {
        boolean isIpv4 = true;
        for (int i = IPV4_BYTES; i < bytes.length; i++) {
            isIpv4 &= bytes[i] == 0;
        }
        byte[] address = isIpv4 ? Arrays.copyOf(bytes, IPV4_BYTES) : bytes;
        return Optional.of(CidrParser.ofBytes(address, address.length * Byte.SIZE))
                .filter(RemoteAddress::isSomebodyElses);
    }

    private static boolean isSomebodyElses(Cidr address) {
        if (!address.isSingleAddress()) {
            return false;
        }
        if (address.family() == AddressFamily.IPV4) {
            long first = address.lo() >>> 24;
            return first != 0 && first != 127 && first < 224;
        }
        boolean isMulticast = address.hi() >>> 56 == 0xFF;
        boolean isLoopbackOrNone = address.hi() == 0 && address.lo() >>> 1 == 0;
        return !isMulticast && !isLoopbackOrNone;
    }
}
