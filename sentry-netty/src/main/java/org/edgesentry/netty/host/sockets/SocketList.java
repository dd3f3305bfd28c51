package org.edgesentry.netty.host.sockets;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.netty.system.LibC;

/**
 * Asks the kernel for all sockets that take what strangers send. It keeps listening sockets apart from connections, so
 * that the answer costs as much with none as with a million of them.
 *
 * <p>Thread: one at a time. Errors: {@link IOException} with a message fit for the administrator.
 */
final class SocketList implements AutoCloseable {

    /** TCP_LISTEN and TCP_CLOSE of net/tcp_states.h; UDP uses the latter for a socket that has no peer. */
    private static final int LISTEN = 1 << 10;
    private static final int CLOSE = 1 << 7;
    /** IPv4 in IPv6 clothes, RFC 4291 2.5.5.2. */
    private static final long IPV4_MAPPED = 0xFFFF;

    private final DiagSocket socket;
    private final DiagRequest request;
    private final DiagAnswer answer;
    private int sequence;

    SocketList(DiagSocket socket) {
        this.socket = socket;
        this.request = new DiagRequest(socket.request());
        this.answer = new DiagAnswer(socket.answer());
    }

    /** What is open now; {@code before} itself when nothing has changed. */
    OpenServices read(OpenServices before) throws IOException {
        dropLeftOver();
        Set<OpenSocket> found = new HashSet<>();
        for (int family : new int[] {AddressFamily.IPV4, AddressFamily.IPV6}) {
            read(family, IpProtocol.TCP, LISTEN, found);
            read(family, IpProtocol.UDP, CLOSE, found);
        }
        return before.holds(found) ? before : new OpenServices(found);
    }

    /** Of a list that was given up; the kernel would not begin another. */
    private void dropLeftOver() {
        int bytes = socket.receive();
        while (bytes >= 0) {
            bytes = socket.receive();
        }
    }

    private void read(int family, int protocol, int states, Set<OpenSocket> found) throws IOException {
        request.list(family, protocol, states, ++sequence);
        if (!socket.send()) {
            throw LibC.failure("cannot ask the kernel for its sockets");
        }
        boolean more = true;
        while (more) {
            int bytes = socket.receive();
            if (bytes < 0) {
                throw LibC.failure("cannot read the kernel's sockets");
            }
            answer.begin(bytes);
            more = take(protocol, found);
        }
    }

    /** Whether more is to come. Messages of an earlier list that was given up are passed over. */
    private boolean take(int protocol, Set<OpenSocket> found) throws IOException {
        while (answer.next()) {
            if (answer.sequence() != sequence) {
                continue;
            }
            if (answer.isError()) {
                throw failure(answer.errno(), protocol);
            }
            if (answer.isDone()) {
                return false;
            }
            if (answer.isSocket() && answer.port() != 0 && found.size() < Limits.OPEN_SOCKETS) {
                add(socket(protocol), found);
            }
        }
        return true;
    }

    private static void add(OpenSocket socket, Set<OpenSocket> found) {
        boolean isNew = found.add(socket);
        if (isNew && socket.interfaceIndex() != 0) {
            LowerInterfaces.of(socket.interfaceIndex()).forEach(lower -> found.add(socket.on(lower)));
        }
    }

    private OpenSocket socket(int protocol) {
        long hi = answer.addressHi();
        long lo = answer.addressLo();
        boolean ipv6 = answer.family() == AddressFamily.IPV6;
        if (ipv6 && hi == 0 && lo >>> 32 == IPV4_MAPPED) {
            return new OpenSocket(protocol, AddressFamily.IPV4, false, 0, lo & 0xFFFF_FFFFL, answer.port(),
                    answer.interfaceIndex());
        }
        boolean bothFamilies = ipv6 && hi == 0 && lo == 0 && !answer.isIpv6Only();
        return new OpenSocket(protocol, answer.family(), bothFamilies, hi, lo, answer.port(),
                answer.interfaceIndex());
    }

    private static IOException failure(int errno, int protocol) {
        String module = protocol == IpProtocol.TCP ? "tcp_diag" : "udp_diag";
        return new IOException("the kernel does not list its " + IpProtocol.name(protocol) + " sockets: "
                + LibC.errorText(errno) + (errno == LibC.ENOENT ? "; load the kernel module " + module : ""));
    }

    @Override
    public void close() {
        socket.close();
    }
}
