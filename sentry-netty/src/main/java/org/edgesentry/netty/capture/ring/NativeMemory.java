package org.edgesentry.netty.capture.ring;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory outside the heap, in the byte order of the machine, for structures that system calls read and write. */
final class NativeMemory {

    private NativeMemory() {
    }

    /** Zeroed memory; it lives as long as the buffer is reachable. */
    static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Where the buffer begins. */
    static long address(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    /** Memory that was mapped elsewhere, as a buffer. */
    static ByteBuffer view(long address, int bytes) {
        return new Pointer(address).getByteBuffer(0, bytes);
    }
}
