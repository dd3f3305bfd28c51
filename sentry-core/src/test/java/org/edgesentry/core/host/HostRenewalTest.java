package org.edgesentry.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.edgesentry.core.probe.Probes.NOON;

import org.edgesentry.core.probe.EventKind;
import org.junit.jupiter.api.Test;

class HostRenewalTest extends HostStateFixture {

    @Test
    void renewal_bringsNewRulesAndKeepsTheCount() {
        scanTrigger = 5;
        HostStateHandler handler = handler();
        assertThat(probe(handler, "198.51.100.1", 1, NOON).triggered).isFalse();
        scanTrigger = 2;
        handle(handler, outcome(EventKind.RENEW, "0.0.0.0", NOON));

        assertThat(probe(handler, "198.51.100.1", 2, NOON).triggered).isTrue();
    }

    @Test
    void endedBlock_isAskedForAgainByTheNextProbe() {
        HostStateHandler handler = handler();
        probe(handler, "198.51.100.1", 1, NOON);
        confirm(handler, "198.51.100.1", NOON + DAY);
        assertThat(probe(handler, "198.51.100.1", 2, NOON).blockRequested).isFalse();
        handler.handle(outcome(EventKind.BLOCK_ENDED, "198.51.100.1", NOON));

        assertThat(probe(handler, "198.51.100.1", 3, NOON).blockRequested).isTrue();
    }
}
