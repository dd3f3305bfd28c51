package org.edgesentry.netty.trap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.BitSet;
import java.util.Optional;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.config.Switch;
import org.edgesentry.core.config.TrapResponse;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TrapsTest {

    private static final Settings.Traps SETTINGS =
            new Settings.Traps(PortSet.EMPTY, PortSet.EMPTY, Optional.empty(), TrapResponse.CLOSE, Switch.OFF);

    private final Traps traps = new Traps(SETTINGS, new Nowhere(), () -> 1);

    /** A reload may still run when the daemon stops. */
    @Test
    void update_afterTheClose_opensNothing() throws Exception {
        PortSet port = freePort();
        traps.update(port, PortSet.EMPTY);
        assertThat(traps.size()).isOne();

        traps.close();
        traps.update(port, PortSet.EMPTY);

        assertThat(traps.size()).isZero();
        new ServerSocket(port.toArray()[0]).close();
    }

    private static PortSet freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            BitSet port = new BitSet();
            port.set(socket.getLocalPort());
            return PortSet.of(port);
        }
    }

    private static final class Nowhere implements ProbePublisher {

        @Override
        public ProbeEvent begin() {
            return new ProbeEvent();
        }

        @Override
        public boolean publish() {
            return true;
        }
    }
}
