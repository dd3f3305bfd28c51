package org.edgesentry.core.net;

import inet.ipaddr.ipv6.IPv6Address;
import java.nio.ByteBuffer;

/** Writes addresses as people read them: dotted quads, RFC 5952 for IPv6. Off the hot path: allocates. Thread: any. */
public final class AddressText {

    private AddressText() {
    }

    /** The text of one address. */
    public static String format(int family, long hi, long lo) {
        if (family == AddressFamily.IPV4) {
            return new StringBuilder(15).append(lo >>> 24 & 0xFF).append('.').append(lo >>> 16 & 0xFF).append('.')
                    .append(lo >>> 8 & 0xFF).append('.').append(lo & 0xFF).toString();
        }
        byte[] bytes = ByteBuffer.allocate(16).putLong(hi).putLong(lo).array();
        return new IPv6Address(bytes).toCanonicalString();
    }
}
