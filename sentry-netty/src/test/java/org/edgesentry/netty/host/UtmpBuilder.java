package org.edgesentry.netty.host;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;

/** Writes utmp as login programs do, in the record size of either architecture. */
final class UtmpBuilder {

    static final int USER_PROCESS = 7;
    static final int DEAD_PROCESS = 8;

    private final int recordBytes;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    UtmpBuilder(int recordBytes) {
        this.recordBytes = recordBytes;
    }

    /** A user on a terminal; host and address are empty for none. */
    UtmpBuilder user(int pid, String host, String address) {
        return entry(USER_PROCESS, pid, host, address);
    }

    UtmpBuilder entry(int type, int pid, String host, String address) {
        ByteBuffer entry = ByteBuffer.allocate(recordBytes).order(ByteOrder.nativeOrder());
        entry.putShort(0, (short) type).putInt(4, pid);
        entry.put(8, "pts/0".getBytes(StandardCharsets.ISO_8859_1)).put(44, "root".getBytes(StandardCharsets.US_ASCII));
        entry.put(76, host.getBytes(StandardCharsets.ISO_8859_1));
        if (!address.isEmpty()) {
            entry.put(recordBytes == UtmpFile.LONG_RECORD ? 360 : 348, bytes(CidrParser.parse(address)));
        }
        content.writeBytes(entry.array());
        return this;
    }

    private static byte[] bytes(Cidr address) {
        return address.family() == AddressFamily.IPV4 ? ByteBuffer.allocate(4).putInt((int) address.lo()).array()
                : ByteBuffer.allocate(16).putLong(address.hi()).putLong(address.lo()).array();
    }

    byte[] build() {
        return content.toByteArray();
    }
}
