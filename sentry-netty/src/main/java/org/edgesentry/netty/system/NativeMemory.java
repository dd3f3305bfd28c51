package org.edgesentry.netty.system;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory outside the heap for structures that system calls read and write. The kernel wants its own numbers in the
 * order of the machine, and ports and addresses in network order.
 *
 * <p>Thread: one at a time; nothing is allocated after the constructor.
 */
public final class NativeMemory {

    private final ByteBuffer host;
    private final ByteBuffer network;
    private final long address;

    /** Zeroed memory; it lives as long as this object. */
    public NativeMemory(int bytes) {
        host = allocate(bytes);
        network = host.duplicate().order(ByteOrder.BIG_ENDIAN);
        address = address(host);
    }

    /** Memory with these bytes. */
    public static NativeMemory of(byte[] bytes) {
        NativeMemory memory = new NativeMemory(bytes.length);
        memory.host.put(0, bytes);
        return memory;
    }

    /** Numbers of the kernel. */
    public ByteBuffer host() {
        return host;
    }

    /** Numbers of the network. */
    public ByteBuffer network() {
        return network;
    }

    /** How many bytes it has. */
    public int size() {
        return host.capacity();
    }

    /** Where the byte at this offset lies. */
    public long address(int offset) {
        return address + offset;
    }

    /** Zeroed memory with nothing around it, in the order of the machine; it lives as long as the buffer. */
    public static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Where a buffer outside the heap begins. */
    public static long address(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    /** Memory that was mapped elsewhere, as a buffer. */
    public static ByteBuffer view(long address, int bytes) {
        return new Pointer(address).getByteBuffer(0, bytes);
    }
}
