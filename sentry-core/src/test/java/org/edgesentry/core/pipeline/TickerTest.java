package org.edgesentry.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.time.AnchoredClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TickerTest implements ProbePublisher {

    private final ProbeEvent pending = new ProbeEvent();
    private final List<EventKind> published = new ArrayList<>();
    private int refusals = 3;

    @Test
    void close_ringIsStillFull_asksForTheClosingLinesUntilItTakesThat() {
        new Ticker(this, new AnchoredClock(() -> 1, () -> 0)).close();

        assertThat(published).containsExactly(EventKind.CLOSE_ALL);
    }

    @Override
    public ProbeEvent begin() {
        return pending;
    }

    @Override
    public boolean publish() {
        return refusals-- <= 0 && published.add(pending.kind);
    }
}
