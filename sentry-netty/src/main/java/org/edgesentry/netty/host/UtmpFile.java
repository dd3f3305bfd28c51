package org.edgesentry.netty.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.Cidr;

/**
 * Who is on a terminal, and from where: the records of utmp(5), in the form of glibc (bits/utmp.h, struct utmp).
 * Programs of the group utmp write it, so it is taken to hold anything; a record that is cut off is not there yet.
 *
 * <p>Thread: one.
 */
final class UtmpFile {

    /** Size of a record where its times have 32 bits, as on x86_64. */
    static final int SHORT_RECORD = 384;
    /** Size where they have 64 bits, as on aarch64. */
    static final int LONG_RECORD = 400;

    private static final short USER_PROCESS = 7;
    private static final int PID = 4;
    private static final int HOST = 76;
    private static final int HOST_BYTES = 256;
    private static final int SHORT_ADDRESS = 348;
    private static final int LONG_ADDRESS = 360;
    private static final int ADDRESS_BYTES = 16;

    private final int recordBytes;
    private final List<Login> found = new ArrayList<>();
    private int sessions;

    /**
     * A user on a terminal.
     *
     * @param pid the process that the session stands and falls with
     * @param source the address that he comes from
     */
    record Login(int pid, Cidr source) {
    }

    private UtmpFile(int recordBytes) {
        this.recordBytes = recordBytes;
    }

    /** The size of a record here: that of the C library, which the architecture decides. */
    static int recordBytesHere() {
        return System.getProperty("os.arch").equals("aarch64") ? LONG_RECORD : SHORT_RECORD;
    }

    /**
     * Those who are logged in from elsewhere.
     *
     * @param recordBytes {@link #SHORT_RECORD} or {@link #LONG_RECORD}
     */
    static Reading<List<Login>> read(Path path, int recordBytes) {
        List<String> problems = new ArrayList<>();
        HostFile file = new HostFile(problems);
        UtmpFile utmp = new UtmpFile(recordBytes);
        utmp.addAll(ByteBuffer.wrap(file.bytes(path, Limits.UTMP_BYTES)).order(ByteOrder.nativeOrder()));
        if (utmp.sessions > Limits.REMOTE_SESSIONS) {
            file.reportTooMany(path);
        }
        return new Reading<>(utmp.found, problems);
    }

    private void addAll(ByteBuffer content) {
        for (int at = 0; at + recordBytes <= content.limit(); at += recordBytes) {
            if (content.getShort(at) == USER_PROCESS) {
                add(content.slice(at, recordBytes).order(content.order()));
            }
        }
    }

    private void add(ByteBuffer entry) {
        byte[] address = new byte[ADDRESS_BYTES];
        entry.get(recordBytes == LONG_RECORD ? LONG_ADDRESS : SHORT_ADDRESS, address);
        Optional<Cidr> byBytes = RemoteAddress.ofBytes(address);
        Optional<Cidr> byText = RemoteAddress.ofText(host(entry));
        if (byBytes.isEmpty() && byText.isEmpty()) {
            return;
        }
        sessions++;
        if (sessions <= Limits.REMOTE_SESSIONS) {
            Stream.of(byBytes, byText).flatMap(Optional::stream).distinct()
                    .forEach(source -> found.add(new Login(entry.getInt(PID), source)));
        }
    }

    private static String host(ByteBuffer entry) {
        byte[] text = new byte[HOST_BYTES];
        entry.get(HOST, text);
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }
}
