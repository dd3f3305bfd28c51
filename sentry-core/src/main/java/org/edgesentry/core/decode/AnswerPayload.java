package org.edgesentry.core.decode;

import java.nio.ByteBuffer;

/**
 * Tells from the first bytes of a UDP payload whether it is an answer, in the protocols whose answers come unasked
 * most often: because they are late, or because somebody forged our address in the question. A payload that was not
 * captured, or that whoever published the capture has blanked, may be one.
 *
 * <pre>
 * DNS (RFC 1035, 4.1.1), also multicast DNS, LLMNR and NetBIOS names (RFC 1002, 4.2.1)
 * |           ID          |QR| opcode ...          QR is 1 in an answer
 *
 * NTP (RFC 5905, 7.3; mode 7 as in ntpd)
 * |LI | version | mode |                           mode 2, 4 and 5 answer; mode 6 and 7 have a response bit
 * </pre>
 *
 * <p>Thread: any; keeps nothing.
 */
final class AnswerPayload {

    private static final int DNS = 53;
    private static final int NTP = 123;
    private static final int NETBIOS_NAMES = 137;
    private static final int MULTICAST_DNS = 5353;
    private static final int LLMNR = 5355;

    private static final int QR_AT = 2;
    private static final int TOP_BIT = 0x80;
    private static final int CONTROL_RESPONSE_AT = 1;

    private AnswerPayload() {
    }

    /** Whether a payload from the port of such a protocol is cut off or blanked, so that it may be an answer. */
    static boolean isUnknown(ByteBuffer frame, int sourcePort, int start, int end) {
        return switch (sourcePort) {
            case DNS, NTP, NETBIOS_NAMES, MULTICAST_DNS, LLMNR ->
                    end - start < Integer.BYTES || frame.getInt(start) == 0;
            default -> false;
        };
    }

    static boolean isAnswer(ByteBuffer frame, int sourcePort, int start, int end) {
        return switch (sourcePort) {
            case DNS, NETBIOS_NAMES, MULTICAST_DNS, LLMNR -> hasTopBit(frame, start + QR_AT, end);
            case NTP -> isTime(frame, start, end);
            default -> false;
        };
    }

    private static boolean isTime(ByteBuffer frame, int start, int end) {
        if (start >= end) {
            return false;
        }
        return switch (frame.get(start) & 0x7) {
            case 2, 4, 5 -> true;
            case 6 -> hasTopBit(frame, start + CONTROL_RESPONSE_AT, end);
            case 7 -> hasTopBit(frame, start, end);
            default -> false;
        };
    }

    private static boolean hasTopBit(ByteBuffer frame, int at, int end) {
        return at < end && (frame.get(at) & TOP_BIT) != 0;
    }
}
