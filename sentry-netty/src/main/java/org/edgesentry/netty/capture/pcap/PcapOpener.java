package org.edgesentry.netty.capture.pcap;

import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;

/**
 * Opens libpcap handles, all with the same filter and buffer: inbound packets, handed over at once.
 *
 * <p>Thread: any.
 *
 * @param filter libpcap expression
 * @param bufferBytes kernel buffer of each handle
 */
record PcapOpener(String filter, int bufferBytes) {

    /** As much of a packet as the packet ring keeps, and a link header. */
    static final int SNAP_BYTES = 512;

    /** Before libpcap 1.10 a waiting reader learns only after this time that it shall stop. */
    private static final int WAIT_MILLIS = 50;

    PcapHandle open(String interfaceName) throws PcapNativeException, NotOpenException {
        PcapHandle handle = new PcapHandle.Builder(interfaceName)
                .snaplen(SNAP_BYTES)
                .promiscuousMode(PromiscuousMode.NONPROMISCUOUS)
                .timeoutMillis(WAIT_MILLIS)
                .immediateMode(true)
                .bufferSize(bufferBytes)
                .direction(PcapHandle.PcapDirection.IN)
                .timestampPrecision(PcapHandle.TimestampPrecision.NANO)
                .build();
        try {
            handle.setFilter(filter, BpfCompileMode.OPTIMIZE);
            return handle;
        } catch (PcapNativeException | NotOpenException | RuntimeException e) {
            handle.close();
            throw e;
        }
    }
}
