package org.edgesentry.netty.capture.pcap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.PcapDirection;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.packet.namednumber.DataLinkType;

/**
 * Opens libpcap handles, all of one direction and with the same buffer; packets are handed over at once.
 *
 * <p>Thread: any.
 *
 * @param direction whose packets; libpcap takes it from the kernel, so that no sender can pretend to be us
 * @param bufferBytes kernel buffer of each handle
 */
record PcapOpener(PcapDirection direction, int bufferBytes) {

    /** As much of a packet as the packet ring keeps, and a link header. */
    static final int SNAP_BYTES = 512;

    private static final String SYSTEM_INTERFACES = "/sys/class/net";
    /** IFF_UP of netdevice(7). */
    private static final int FLAG_UP = 1;
    private static final String ADDRESS = "[0-9a-f]{2}(:[0-9a-f]{2}){5}";
    /** Loopback, where every sender has this address. */
    private static final String NO_ADDRESS = "[0:]*";

    /** Before libpcap 1.10 a waiting reader learns only after this time that it shall stop. */
    private static final int WAIT_MILLIS = 50;

    PcapHandle open(String interfaceName, String filter) throws PcapNativeException, NotOpenException {
        PcapHandle handle = new PcapHandle.Builder(interfaceName)
                .snaplen(SNAP_BYTES)
                .promiscuousMode(PromiscuousMode.NONPROMISCUOUS)
                .timeoutMillis(WAIT_MILLIS)
                .immediateMode(true)
                .bufferSize(bufferBytes)
                .direction(direction)
                .timestampPrecision(PcapHandle.TimestampPrecision.NANO)
                .build();
        try {
            setFilter(handle, interfaceName, filter);
            return handle;
        } catch (PcapNativeException | NotOpenException | RuntimeException e) {
            handle.close();
            throw e;
        }
    }

    /** Replaces the filter of a handle; for the thread that reads it, since libpcap does not lock. */
    void setFilter(PcapHandle handle, String interfaceName, String filter)
            throws PcapNativeException, NotOpenException {
        handle.setFilter(filter + exceptOwn(handle, interfaceName), BpfCompileMode.OPTIMIZE);
    }

    /** Whether it is known that the interface is down: to find out by opening it takes tens of milliseconds. */
    boolean isDown(String interfaceName) {
        try {
            String flags = Files.readString(Path.of(SYSTEM_INTERFACES, interfaceName, "flags")).strip();
            return (Integer.decode(flags) & FLAG_UP) == 0;
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }

    /**
     * Leaves what we send ourselves in the kernel; libpcap alone would drop it only after it has been handed over. The
     * direction is asked for only when the sender's hardware address is ours: the first packets behind a new filter are
     * filtered once more by libpcap, which does not know their direction and drops what asks for it.
     */
    private String exceptOwn(PcapHandle handle, String interfaceName) {
        if (direction != PcapDirection.IN || !handle.getDlt().equals(DataLinkType.EN10MB)) {
            return "";
        }
        try {
            String own = Files.readString(Path.of(SYSTEM_INTERFACES, interfaceName, "address")).strip();
            boolean telling = own.matches(ADDRESS) && !own.matches(NO_ADDRESS);
            return telling ? " and (not ether src " + own + " or inbound)" : "";
        } catch (IOException e) {
            return "";
        }
    }
}
