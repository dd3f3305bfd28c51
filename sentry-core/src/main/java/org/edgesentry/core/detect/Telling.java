package org.edgesentry.core.detect;

import org.edgesentry.core.probe.ScanType;

/**
 * Whether the end of a contact tells anything, beside the other contacts of the same source.
 *
 * <p>Thread: pipeline only.
 */
final class Telling {

    private Telling() {
    }

    static boolean tells(Evidence evidence, int slot, int place, Outcome outcome) {
        return switch (outcome) {
            case NEUTRAL -> isNewPort(evidence, slot, place);
            case FAILED -> !isOfStream(evidence, slot, place);
            default -> true;
        };
    }

    /** One service on many hosts is what a monitor looks after; it knows few services. */
    private static boolean isNewPort(Evidence evidence, int slot, int place) {
        int port = Contact.portKey(evidence.contact(slot, place));
        for (int other = 0; other < evidence.contacts(slot); other++) {
            if (other != place && Contact.portKey(evidence.contact(slot, other)) == port) {
                return false;
            }
        }
        return true;
    }

    /** Media come to an even port, and a report on them every few seconds to the odd one beside it (RFC 3550, 11). */
    private static boolean isOfStream(Evidence evidence, int slot, int place) {
        long report = evidence.contact(slot, place);
        if (Contact.type(report) != ScanType.UDP) {
            return false;
        }
        for (int other = 0; other < evidence.contacts(slot); other++) {
            long media = evidence.contact(slot, other);
            if (Contact.type(media) == ScanType.UDP && Contact.host(media) == Contact.host(report)
                    && (Contact.port(media) ^ 1) == Contact.port(report)
                    && Contact.outcome(media) == Outcome.NEUTRAL) {
                return true;
            }
        }
        return false;
    }
}
