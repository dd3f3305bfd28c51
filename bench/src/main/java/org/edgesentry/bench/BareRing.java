package org.edgesentry.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.netty.capture.CaptureException;
import org.edgesentry.netty.capture.InterfaceSelection;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.capture.ring.RingCapture;
import org.edgesentry.netty.host.Interfaces;

/**
 * The floor of a flood's cost: the daemon's own packet ring, filter and decoder, with nothing behind them. Answers each
 * line on its standard input with how many packets it has decoded, and ends with it.
 *
 * <pre>java -cp bench/target/benchmarks.jar org.edgesentry.bench.BareRing FIRST_PORT LAST_PORT</pre>
 */
public final class BareRing {

    private BareRing() {
    }

    /** Reads SYN to these ports. */
    public static void main(String[] arguments) throws IOException, CaptureException {
        BitSet ports = new BitSet();
        ports.set(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]) + 1);
        TrapFilter filter = new TrapFilter(PortSet.of(ports), PortSet.EMPTY);
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (RingCapture capture = RingCapture.open(InterfaceSelection.ALL_NLO, Interfaces.read().value(), filter, 1,
                Nowhere::new)) {
            capture.start();
            System.out.println(capture.describe());
            while (asked.readLine() != null) {
                System.out.println(capture.statistics().decodedPackets());
            }
        }
    }

    /** Takes every event and forgets it. */
    private static final class Nowhere implements ProbePublisher {

        private final ProbeEvent event = new ProbeEvent();

        @Override
        public ProbeEvent begin() {
            event.clear();
            return event;
        }

        @Override
        public boolean publish() {
            return true;
        }
    }
}
