package org.edgesentry.core.decode;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.net.AddressText;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.ProbeEvent;

/** A decoder under test, and what it says of a frame as one line of text. */
final class Decoding {

    final ProbeEvent event = new ProbeEvent();
    private final FrameDecoder decoder = new FrameDecoder(1, 2);
    private long epochNanos = TimeUnit.DAYS.toNanos(365 * 50);

    void passSeconds(long seconds) {
        epochNanos += TimeUnit.SECONDS.toNanos(seconds);
    }

    String ethernet(byte[] frame) {
        return decode(LinkType.ETHERNET, frame);
    }

    String raw(byte[] frame) {
        return decode(LinkType.RAW, frame);
    }

    String decode(LinkType link, byte[] frame) {
        event.clear();
        event.epochNanos = epochNanos;
        return text(decoder.decode(link, ByteBuffer.wrap(frame), 0, frame.length, event), event);
    }

    String network(int etherType, byte[] payload) {
        event.clear();
        event.epochNanos = epochNanos;
        return text(decoder.decodeNetwork(etherType, ByteBuffer.wrap(payload), 0, payload.length, event), event);
    }

    /** The status, and for packets and fragments all that the decoder writes except the identity. */
    static String text(DecodeStatus status, ProbeEvent event) {
        if (status == DecodeStatus.NOT_IP || status == DecodeStatus.MALFORMED) {
            return status.name();
        }
        StringBuilder text = new StringBuilder(status.name())
                .append(' ').append(AddressText.format(event.family, event.sourceHi, event.sourceLo))
                .append(" > ").append(AddressText.format(event.family, event.destinationHi, event.destinationLo))
                .append(' ').append(IpProtocol.name(event.protocol));
        appendIf(text, event.sourcePort + event.destinationPort > 0, event.sourcePort + ">" + event.destinationPort);
        appendIf(text, event.tcpFlags > 0, "flags=" + Integer.toHexString(event.tcpFlags));
        appendIf(text, event.tcpWindow > 0, "window=" + event.tcpWindow);
        appendIf(text, event.messageType + event.messageCode > 0,
                "type=" + event.messageType + "/" + event.messageCode);
        appendIf(text, event.ipOptions, "options");
        appendIf(text, event.fragmentEvasion, "evasion");
        return text.toString();
    }

    private static void appendIf(StringBuilder text, boolean condition, String word) {
        if (condition) {
            text.append(' ').append(word);
        }
    }
}
