package org.edgesentry.netty.capture;

import java.util.Optional;

/** How packets are read: the values of {@code --method}. */
public enum CaptureMethod {

    /** The kernel's packet ring, mapped; needs no package. */
    RING("ring"),
    /** libpcap. */
    PCAP("pcap");

    private final String label;

    CaptureMethod(String label) {
        this.label = label;
    }

    /** The name in options and messages. */
    public String label() {
        return label;
    }

    /** The method of this name; PortSentry's {@code raw} is the ring. */
    public static Optional<CaptureMethod> ofName(String name) {
        return switch (name) {
            case "ring", "raw" -> Optional.of(RING);
            case "pcap" -> Optional.of(PCAP);
            default -> Optional.empty();
        };
    }
}
