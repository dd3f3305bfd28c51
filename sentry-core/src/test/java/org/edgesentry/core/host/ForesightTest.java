package org.edgesentry.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.edgesentry.core.probe.Probes.NOON;
import static org.edgesentry.core.probe.Probes.SECOND;
import static org.edgesentry.core.probe.Probes.syn;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.edgesentry.core.command.HostsCommand;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.UpcomingEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To hear of probes beforehand must change nothing but the time they take. */
class ForesightTest extends HostStateFixture {

    private static final int PROBES = 20_000;

    private record Upcoming(List<ProbeEvent> events) implements UpcomingEvents {

        @Override
        public int count() {
            return events.size();
        }

        @Override
        public ProbeEvent event(int place) {
            return events.get(place);
        }
    }

    /** Far more sources than the table holds, so that rows and slots change hands all the time. */
    private List<ProbeEvent> probes(int sources) {
        Random random = new Random(42);
        List<ProbeEvent> probes = new ArrayList<>();
        for (int i = 0; i < PROBES; i++) {
            int source = random.nextInt(sources);
            String address = source % 3 == 0 ? "2001:db8:" + Integer.toHexString(source) + "::1"
                    : "198.51." + source / 250 % 250 + "." + source % 250;
            ProbeEvent probe = syn(address, 1 + random.nextInt(60), NOON + i * SECOND / 1_000);
            probe.identity = i;
            probes.add(probe);
        }
        return probes;
    }

    private List<String> told(boolean beforehand, int sources) {
        HostStateHandler handler = handler();
        List<ProbeEvent> probes = probes(sources);
        List<String> told = new ArrayList<>();
        for (int i = 0; i < PROBES; i++) {
            if (beforehand && i % Limits.PROBES_FORESEEN == 0) {
                handler.foresee(new Upcoming(probes.subList(i, Math.min(i + Limits.PROBES_FORESEEN, PROBES))));
            }
            ProbeEvent event = handle(handler, probes.get(i));
            told.add(event.reported + " " + event.blockRequested + " " + event.cameBefore + " " + event.scan.kinds);
        }
        HostsCommand hosts = new HostsCommand(Limits.HOSTS_LISTED, new CompletableFuture<>());
        ProbeEvent asked = new ProbeEvent();
        asked.kind = EventKind.COMMAND;
        asked.command = hosts;
        handler.handle(asked);
        hosts.answer().join().forEach(host -> told.add(host.toString()));
        return told;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 900, 5_000, 50_000})
    void probes_heardOfBeforehand_comeToTheSame(int sources) {
        assertThat(told(true, sources)).isEqualTo(told(false, sources));
    }

    @Test
    void table_ofOneHost_looksAheadAsWell() {
        maxHosts = 1;
        assertThat(told(true, 100)).isEqualTo(told(false, 100));
    }
}
