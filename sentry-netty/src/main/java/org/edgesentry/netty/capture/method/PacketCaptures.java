package org.edgesentry.netty.capture.method;

import java.util.List;
import java.util.function.Supplier;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.netty.capture.CaptureException;
import org.edgesentry.netty.capture.CaptureMethod;
import org.edgesentry.netty.capture.InterfaceSelection;
import org.edgesentry.netty.capture.PacketCapture;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.capture.pcap.PcapCapture;
import org.edgesentry.netty.capture.ring.RingCapture;
import org.edgesentry.netty.host.Interfaces;

/**
 * Opens packet captures.
 *
 * <p>Thread: any. Errors: {@link CaptureException} whose message is one line that says what to do.
 */
public final class PacketCaptures {

    private PacketCaptures() {
    }

    /**
     * Opens a capture; nothing is read before {@link PacketCapture#start}.
     *
     * @param method how to read
     * @param selection where to read
     * @param traps what to let through
     * @param publishers called once for each thread that will read, also later on, when interfaces appear
     */
    public static PacketCapture open(CaptureMethod method, InterfaceSelection selection, TrapFilter traps,
                                     Supplier<ProbePublisher> publishers) throws CaptureException {
        Interfaces existing = existing();
        requireAll(selection.names(), existing);
        return switch (method) {
            case RING -> RingCapture.open(selection, existing, traps,
                    RingCapture.readersFor(Runtime.getRuntime().availableProcessors()), publishers);
            case PCAP -> PcapCapture.open(selection, existing, traps, publishers);
        };
    }

    private static Interfaces existing() throws CaptureException {
        try {
            return Interfaces.read().value();
        } catch (LinkageError e) {
            throw new CaptureException("the native part of JNA cannot be loaded: point -Djna.tmpdir to a directory"
                    + " that is writable and not mounted noexec", e);
        }
    }

    private static void requireAll(List<String> names, Interfaces existing) throws CaptureException {
        for (String name : names) {
            if (existing.byName(name).isEmpty()) {
                throw new CaptureException("there is no interface \"" + name + "\"; name one of " + existing.names()
                        + ", or ALL, ALL_NLO");
            }
        }
    }
}
