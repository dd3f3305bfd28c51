package org.edgesentry.netty.host;

import java.util.HexFormat;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;

/**
 * Addresses as the kernel prints them in /proc/net: 8 or 32 hex digits. Most files print each 32-bit word as a number
 * of the machine, so that its bytes stand in reverse on x86_64 and aarch64; ipv6_route prints them in network order.
 *
 * <p>Thread: any. Errors: {@link IllegalArgumentException} for anything else than 8 or 32 hex digits.
 */
final class KernelHex {

    private KernelHex() {
    }

    /** An address of which each 32-bit word is reversed. */
    static Cidr ofWords(String hex) {
        byte[] bytes = bytes(hex);
        for (int word = 0; word < bytes.length; word += 4) {
            swap(bytes, word, word + 3);
            swap(bytes, word + 1, word + 2);
        }
        return CidrParser.ofBytes(bytes, bytes.length * 8);
    }

    /** An address in network order. */
    static Cidr ofNetworkOrder(String hex) {
        byte[] bytes = bytes(hex);
        return CidrParser.ofBytes(bytes, bytes.length * 8);
    }

    private static byte[] bytes(String hex) {
        if (hex.length() != 8 && hex.length() != 32) {
            throw new IllegalArgumentException("no address: " + hex);
        }
        return HexFormat.of().parseHex(hex);
    }

    private static void swap(byte[] bytes, int one, int other) {
        byte kept = bytes[one];
        bytes[one] = bytes[other];
        bytes[other] = kept;
    }
}
