package org.edgesentry.netty.trap;

import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.netty.system.LibC;
import org.edgesentry.netty.system.NativeMemory;

/**
 * Opens UDP traps (udp(7), ip(7), ipv6(7)). Without SO_REUSEADDR, which for UDP would let a service and a trap share a
 * port and take each other's datagrams.
 *
 * <p>Thread: the traps' event loop.
 */
final class UdpBinder implements TrapBinder {

    private final UdpReceiver receiver;
    private final IoEventLoop loop;
    private final NativeMemory memory = new NativeMemory(SocketAddressBytes.BYTES + Integer.BYTES);
    private final SocketAddressBytes name = new SocketAddressBytes(memory, 0);

    UdpBinder(UdpReceiver receiver, IoEventLoop loop) {
        this.receiver = receiver;
        this.loop = loop;
    }

    @Override
    public TrapSocket bind(InetSocketAddress address, boolean transparent) throws IOException {
        int domain = address.getAddress() instanceof Inet4Address ? LibC.AF_INET : LibC.AF_INET6;
        int fd = LibC.socket(domain, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, 0);
        if (fd < 0) {
            throw LibC.failure("socket");
        }
        int port;
        try {
            configure(fd, domain, transparent);
            port = bind(fd, address);
        } catch (IOException e) {
            LibC.close(fd);
            throw e;
        }
        return new UdpTrap(fd, port, transparent, receiver).register(loop);
    }

    private void configure(int fd, int domain, boolean transparent) throws IOException {
        option(fd, LibC.SOL_SOCKET, LibC.SO_RCVBUF,
                transparent ? Limits.STEERED_UDP_BUFFER_BYTES : Limits.UDP_TRAP_BUFFER_BYTES);
        if (domain == LibC.AF_INET) {
            option(fd, LibC.IPPROTO_IP, LibC.IP_ORIGDSTADDR, 1);
        } else {
            option(fd, LibC.IPPROTO_IPV6, LibC.IPV6_V6ONLY, 1);
            option(fd, LibC.IPPROTO_IPV6, LibC.IPV6_ORIGDSTADDR, 1);
        }
        if (transparent) {
            transparent(fd, domain);
        }
    }

    private void transparent(int fd, int domain) throws IOException {
        if (domain == LibC.AF_INET) {
            option(fd, LibC.IPPROTO_IP, LibC.IP_TRANSPARENT, 1);
        } else {
            option(fd, LibC.IPPROTO_IPV6, LibC.IPV6_TRANSPARENT, 1);
        }
    }

    private int bind(int fd, InetSocketAddress address) throws IOException {
        name.set(address);
        if (LibC.bind(fd, name.address(), name.length()) < 0) {
            throw LibC.failure("bind");
        }
        memory.host().putInt(SocketAddressBytes.BYTES, SocketAddressBytes.BYTES);
        if (LibC.getsockname(fd, name.address(), memory.address(SocketAddressBytes.BYTES)) < 0) {
            throw LibC.failure("getsockname");
        }
        return name.port();
    }

    private void option(int fd, int level, int option, int value) throws IOException {
        memory.host().putInt(SocketAddressBytes.BYTES, value);
        if (LibC.setsockopt(fd, level, option, memory.address(SocketAddressBytes.BYTES), Integer.BYTES) < 0) {
            throw LibC.failure("setsockopt");
        }
    }
}
