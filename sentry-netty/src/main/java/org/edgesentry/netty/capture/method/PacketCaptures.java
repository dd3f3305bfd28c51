package org.edgesentry.netty.capture.method;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.netty.capture.CaptureException;
import org.edgesentry.netty.capture.CaptureMethod;
import org.edgesentry.netty.capture.InterfaceSelection;
import org.edgesentry.netty.capture.PacketCapture;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.capture.filter.InterfaceRule;
import org.edgesentry.netty.capture.pcap.PcapCapture;
import org.edgesentry.netty.capture.ring.RingCapture;
import org.edgesentry.netty.host.Interfaces;
import org.edgesentry.netty.host.Interfaces.Interface;

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
     * @param publishers called once for each thread that will read
     */
    public static PacketCapture open(CaptureMethod method, InterfaceSelection selection, TrapFilter traps,
                                     Supplier<ProbePublisher> publishers) throws CaptureException {
        List<Interface> chosen = choose(selection, existing());
        return switch (method) {
            case RING -> RingCapture.open(selection, rule(selection, chosen), traps, publishers.get());
            case PCAP -> PcapCapture.open(chosen, selection.names().isEmpty(), traps, publishers);
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

    private static List<Interface> choose(InterfaceSelection selection, Interfaces existing) throws CaptureException {
        return switch (selection.scope()) {
            case ALL -> existing.all();
            case ALL_NLO -> existing.all().stream().filter(one -> !one.isLoopback()).toList();
            case NAMED -> byName(selection.names(), existing);
        };
    }

    private static List<Interface> byName(List<String> names, Interfaces existing) throws CaptureException {
        List<Interface> found = new ArrayList<>();
        for (String name : names) {
            found.add(existing.byName(name).orElseThrow(() -> new CaptureException("there is no interface \"" + name
                    + "\"; name one of " + existing.names() + ", or ALL, ALL_NLO")));
        }
        return found;
    }

    /** With all interfaces chosen, those that appear later are meant too; hence by what is left out. */
    private static InterfaceRule rule(InterfaceSelection selection, List<Interface> chosen) {
        return switch (selection.scope()) {
            case ALL -> InterfaceRule.ALL;
            case ALL_NLO -> InterfaceRule.allBut(List.of(Interface.LOOPBACK_INDEX));
            case NAMED -> InterfaceRule.only(chosen.stream().map(Interface::index).toList());
        };
    }
}
