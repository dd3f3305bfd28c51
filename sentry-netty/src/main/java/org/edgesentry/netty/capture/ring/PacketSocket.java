package org.edgesentry.netty.capture.ring;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.edgesentry.netty.capture.CaptureException;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.capture.filter.BpfProgram;
import org.edgesentry.netty.capture.filter.BuiltFilter;
import org.edgesentry.netty.capture.filter.InterfaceRule;
import org.edgesentry.netty.capture.filter.PairProgram;
import org.edgesentry.netty.capture.filter.TrapFilterProgram;
import org.edgesentry.netty.system.LibC;
import org.edgesentry.netty.system.NativeMemory;

/**
 * A cooked packet socket (packet(7), SOCK_DGRAM) for all interfaces with its filter and its mapped receive ring.
 *
 * <p>Cooked, because then every packet begins with its IP header and one filter serves any link. Not bound to an
 * interface, because then one ring and one thread serve all, those that appear later too. TPACKET_V2, because
 * it hands over each packet at once, while TPACKET_V3 waits for a block to fill or for a timeout. Closed by a filter
 * until it is bound, and one of its group where there are several, so that nothing enters unfiltered or twice.
 *
 * <p>Thread: opened by one, then {@link #pollError} is for the capture thread and the rest for whoever holds the
 * capture's lock.
 */
final class PacketSocket implements AutoCloseable {

    /** Before kernel 6.8 a socket option may take 20 KiB (net.core.optmem_max), some 1,000 intervals of ports. */
    private static final int FEWEST_INTERVALS = 16;
    private static final int SOCKADDR_LL_BYTES = 20;
    /** PACKET_FANOUT takes the number of a group and, above it, how packets are dealt out. */
    private static final int GROUP_BITS = 16;
    private static final int GROUP_MASK = 0xffff;

    private final int fd;
    private final ByteBuffer statistics = NativeMemory.allocate(8);
    private final ByteBuffer statisticsLength = NativeMemory.allocate(4);
    private BuiltFilter filter;
    private long ringAddress;
    private ByteBuffer ring;
    private long received;
    private long dropped;

    private PacketSocket(int fd) {
        this.fd = fd;
    }

    /** Opens, maps and binds; nothing comes in before {@link #replaceFilter}. */
    static PacketSocket open() throws CaptureException {
        int fd = LibC.socket(LibC.AF_PACKET, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC, 0);
        if (fd < 0) {
            throw Errno.failure("cannot open a packet socket");
        }
        PacketSocket socket = new PacketSocket(fd);
        try {
            socket.prepare();
            return socket;
        } catch (CaptureException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void prepare() throws CaptureException {
        if (setInt(LibC.PACKET_VERSION, LibC.TPACKET_V2) < 0) {
            throw Errno.failure("cannot choose TPACKET_V2");
        }
        if (attach(BpfProgram.NOTHING) < 0) {
            throw Errno.failure("cannot attach a packet filter");
        }
        // Any number but 0 has packets that are longer than a slot queued as well, see QueuedPackets.
        if (setInt(LibC.PACKET_COPY_THRESH, 1) < 0) {
            throw Errno.failure("cannot have long packets queued");
        }
        makeRing();
        bind();
    }

    /**
     * Makes a group in which the kernel deals packets out by {@link PairProgram}, with this as the first one.
     *
     * @return its number, or a negative one when the kernel makes none
     */
    int makeGroup() {
        int argument = (LibC.PACKET_FANOUT_CBPF | LibC.PACKET_FANOUT_FLAG_UNIQUEID) << GROUP_BITS;
        if (setInt(LibC.PACKET_FANOUT, argument) < 0
                || attach(LibC.SOL_PACKET, LibC.PACKET_FANOUT_DATA, PairProgram.build()) < 0) {
            return -1;
        }
        ByteBuffer value = NativeMemory.allocate(8).putInt(4, 4);
        long address = NativeMemory.address(value);
        int result = LibC.getsockopt(fd, LibC.SOL_PACKET, LibC.PACKET_FANOUT, address, address + 4);
        int group = result < 0 ? result : value.getInt(0) & GROUP_MASK;
        Reference.reachabilityFence(value);
        return group;
    }

    /** Takes its share of what comes to the group; false when the kernel refuses. */
    boolean join(int group) {
        return setInt(LibC.PACKET_FANOUT, LibC.PACKET_FANOUT_CBPF << GROUP_BITS | group) == 0;
    }

    private int setInt(int option, int value) {
        ByteBuffer argument = NativeMemory.allocate(4).putInt(0, value);
        int result = LibC.setsockopt(fd, LibC.SOL_PACKET, option, NativeMemory.address(argument), 4);
        Reference.reachabilityFence(argument);
        return result;
    }

    /** Takes the place of the present filter in one step; when it fails, a filter that lets more through is left. */
    void replaceFilter(TrapFilter traps, InterfaceRule interfaces) throws CaptureException {
        if (filter != null) {
            // The old and the new one count against the kernel's limit together: let the old one be a small one.
            attach(build(traps, interfaces, FEWEST_INTERVALS).program());
        }
        filter = attachFinest(traps, interfaces);
        // Kernels before 4.20 do not know this; there the filter alone turns outgoing packets away.
        setInt(LibC.PACKET_IGNORE_OUTGOING, traps.showsOutgoing() ? 0 : 1);
    }

    /** The kernel limits the memory of a filter by a setting we may not see, hence by trial: coarser until it fits. */
    private BuiltFilter attachFinest(TrapFilter traps, InterfaceRule interfaces) throws CaptureException {
        int maxIntervals = TrapFilterProgram.MAX_INTERVALS;
        BuiltFilter finest = build(traps, interfaces, maxIntervals);
        while (attach(finest.program()) < 0) {
            maxIntervals /= 2;
            if (LibC.errno() != LibC.ENOMEM || maxIntervals < FEWEST_INTERVALS) {
                throw Errno.failure("cannot attach the packet filter of " + finest.program().length()
                        + " instructions");
            }
            finest = build(traps, interfaces, maxIntervals);
        }
        return finest;
    }

    private static BuiltFilter build(TrapFilter traps, InterfaceRule interfaces, int maxIntervals) {
        return TrapFilterProgram.build(traps, interfaces, maxIntervals, RingLayout.SNAP_BYTES,
                RingLayout.LONG_SNAP_BYTES);
    }

    private int attach(BpfProgram program) {
        return attach(LibC.SOL_SOCKET, LibC.SO_ATTACH_FILTER, program);
    }

    /** {@code struct sock_fprog}: a length and, at the next multiple of a pointer's size, a pointer. */
    private int attach(int level, int option, BpfProgram program) {
        ByteBuffer instructions = program.encode();
        ByteBuffer argument = NativeMemory.allocate(16);
        argument.putShort(0, (short) program.length()).putLong(8, NativeMemory.address(instructions));
        int result = LibC.setsockopt(fd, level, option, NativeMemory.address(argument), 16);
        Reference.reachabilityFence(argument);
        Reference.reachabilityFence(instructions);
        return result;
    }

    /** {@code struct tpacket_req}. */
    private void makeRing() throws CaptureException {
        ByteBuffer request = NativeMemory.allocate(16);
        request.putInt(RingLayout.BLOCK_BYTES).putInt(RingLayout.RING_BYTES / RingLayout.BLOCK_BYTES);
        request.putInt(RingLayout.SLOT_BYTES).putInt(RingLayout.SLOTS);
        int result = LibC.setsockopt(fd, LibC.SOL_PACKET, LibC.PACKET_RX_RING, NativeMemory.address(request), 16);
        Reference.reachabilityFence(request);
        if (result < 0) {
            throw Errno.failure("cannot make the packet ring");
        }
        long address = LibC.mmap(0, RingLayout.RING_BYTES, LibC.PROT_READ | LibC.PROT_WRITE,
                LibC.MAP_SHARED | LibC.MAP_POPULATE, fd, 0);
        if (address == LibC.MAP_FAILED) {
            throw Errno.failure("cannot map the packet ring");
        }
        ringAddress = address;
        ring = NativeMemory.view(address, RingLayout.RING_BYTES);
    }

    /** {@code struct sockaddr_ll} with every protocol and no interface, that is, all. */
    private void bind() throws CaptureException {
        ByteBuffer address = NativeMemory.allocate(SOCKADDR_LL_BYTES);
        address.putShort(0, (short) LibC.AF_PACKET);
        address.order(ByteOrder.BIG_ENDIAN).putShort(2, (short) LibC.ETH_P_ALL);
        int result = LibC.bind(fd, NativeMemory.address(address), SOCKADDR_LL_BYTES);
        Reference.reachabilityFence(address);
        if (result < 0) {
            throw Errno.failure("cannot bind the packet socket");
        }
    }

    int fd() {
        return fd;
    }

    /** The memory of all slots. */
    ByteBuffer ring() {
        return ring;
    }

    BuiltFilter filter() {
        return filter;
    }

    /** Takes and clears the error that makes poll report the socket. */
    int pollError() {
        ByteBuffer value = NativeMemory.allocate(8).putInt(4, 4);
        long address = NativeMemory.address(value);
        int result = LibC.getsockopt(fd, LibC.SOL_SOCKET, LibC.SO_ERROR, address, address + 4);
        int error = result < 0 ? LibC.errno() : value.getInt(0);
        Reference.reachabilityFence(value);
        return error;
    }

    /** Adds what the kernel has counted since the last call: reading its counters sets them to zero. */
    void readStatistics() {
        statisticsLength.putInt(0, statistics.capacity());
        int result = LibC.getsockopt(fd, LibC.SOL_PACKET, LibC.PACKET_STATISTICS, NativeMemory.address(statistics),
                NativeMemory.address(statisticsLength));
        if (result == 0) {
            long all = Integer.toUnsignedLong(statistics.getInt(0));
            long lost = Integer.toUnsignedLong(statistics.getInt(4));
            received += all - lost;
            dropped += lost;
        }
    }

    /** Packets that found a slot. */
    long received() {
        return received;
    }

    /** Packets that found none. */
    long dropped() {
        return dropped;
    }

    @Override
    public void close() {
        if (ring != null) {
            ring = null;
            LibC.munmap(ringAddress, RingLayout.RING_BYTES);
        }
        LibC.close(fd);
    }
}
