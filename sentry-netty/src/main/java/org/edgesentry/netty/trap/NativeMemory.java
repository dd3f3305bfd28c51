package org.edgesentry.netty.trap;

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
final class NativeMemory {

    private final ByteBuffer host;
    private final ByteBuffer network;
    private final long address;

    /** Zeroed memory; it lives as long as this object. */
    NativeMemory(int bytes) {
        host = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        network = host.duplicate().order(ByteOrder.BIG_ENDIAN);
        address = Pointer.nativeValue(Native.getDirectBufferPointer(host));
    }

    /** Memory with these bytes. */
    static NativeMemory of(byte[] bytes) {
        NativeMemory memory = new NativeMemory(bytes.length);
        memory.host.put(0, bytes);
        return memory;
    }

    /** Numbers of the kernel. */
    ByteBuffer host() {
        return host;
    }

    /** Numbers of the network. */
    ByteBuffer network() {
        return network;
    }

    int size() {
        return host.capacity();
    }

    /** Where the byte at this offset lies. */
    long address(int offset) {
        return address + offset;
    }
}
