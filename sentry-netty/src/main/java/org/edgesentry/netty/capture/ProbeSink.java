package org.edgesentry.netty.capture;

import java.nio.ByteBuffer;
import org.edgesentry.core.decode.DecodeStatus;
import org.edgesentry.core.decode.FrameDecoder;
import org.edgesentry.core.decode.LinkType;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.probe.ProbeSource;

/**
 * Decodes packets into events and publishes those that the pipeline judges; the rest is counted.
 *
 * <p>Thread: the capture thread that it belongs to; allocates nothing.
 */
public final class ProbeSink implements PacketSink {

    private final FrameDecoder decoder = new FrameDecoder();
    private final CaptureCounters counters;
    private final ProbePublisher publisher;

    /** A sink with its own decoder and fragment table. */
    public ProbeSink(ProbePublisher publisher, CaptureCounters counters) {
        this.publisher = publisher;
        this.counters = counters;
    }

    @Override
    public int beginBatch(int packets) {
        return publisher.openBatch(packets);
    }

    @Override
    public void endBatch() {
        publisher.closeBatch();
    }

    @Override
    public void accept(int etherType, ByteBuffer frame, int offset, int length, long epochNanos, int interfaceIndex,
                       boolean outgoing) {
        ProbeEvent event = begin(epochNanos, interfaceIndex, outgoing);
        finish(decoder.decodeNetwork(etherType, frame, offset, length, event));
    }

    /** A packet with its link header; the parameters are those of {@link #accept}. */
    public void acceptFrame(LinkType link, ByteBuffer frame, int length, long epochNanos, int interfaceIndex,
                            boolean outgoing) {
        ProbeEvent event = begin(epochNanos, interfaceIndex, outgoing);
        finish(decoder.decode(link, frame, 0, length, event));
    }

    private ProbeEvent begin(long epochNanos, int interfaceIndex, boolean outgoing) {
        ProbeEvent event = publisher.begin();
        event.seenBy = ProbeSource.CAPTURE;
        event.epochNanos = epochNanos;
        event.interfaceIndex = interfaceIndex;
        event.outgoing = outgoing;
        return event;
    }

    private void finish(DecodeStatus status) {
        counters.count(status);
        if (status == DecodeStatus.PACKET || status == DecodeStatus.MALFORMED) {
            publisher.publish();
        }
    }
}
