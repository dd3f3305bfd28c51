package org.edgesentry.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.edgesentry.core.probe.Probes.NOON;
import static org.edgesentry.core.probe.Probes.SECOND;
import static org.edgesentry.core.probe.Probes.syn;

import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ScanType;
import org.junit.jupiter.api.Test;

class TechniqueLinesTest extends HostStateFixture {

    private final HostStateHandler handler = handler();
    private int lines;

    @Test
    void otherTechnique_onTheSamePorts_hasItsOwnLines() {
        scan(ScanType.TCP_SYN, 9);
        scan(ScanType.TCP_FIN, 9);
        scan(ScanType.TCP_NULL, 9);

        assertThat(lines).isEqualTo(27);
    }

    @Test
    void techniqueThatComesAgain_hasNoFurtherLines() {
        for (int i = 0; i < 1_000; i++) {
            scan(ScanType.TCP_SYN, 5);
            scan(ScanType.TCP_FIN, 5);
        }
        assertThat(lines).isEqualTo(10);
    }

    @Test
    void allTechniquesAtOnce_areBounded() {
        for (int port = 1; port <= 1_000; port++) {
            for (ScanType type : ScanType.values()) {
                probe(type, port);
            }
        }
        assertThat(lines).isLessThanOrEqualTo(Limits.LINES_PER_SCAN * ScanType.values().length);
    }

    private void scan(ScanType type, int ports) {
        for (int port = 1; port <= ports; port++) {
            probe(type, port);
        }
    }

    private void probe(ScanType type, int port) {
        ProbeEvent event = syn(SCANNER, port, NOON + SECOND);
        event.scanType = type;
        lines += handle(handler, event).reported ? 1 : 0;
    }
}
