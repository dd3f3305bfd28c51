package org.edgesentry.actions.respond;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.edgesentry.actions.Requests;
import org.edgesentry.actions.command.Macros;
import org.edgesentry.core.config.Mode;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CommandLaneTest {

    private final Semaphore wakeUps = new Semaphore(0);
    private final CommandLane lane = new CommandLane("lane", wakeUps::release);

    @AfterEach
    void stop() {
        lane.close();
        lane.await(Duration.ZERO);
    }

    @Test
    void commandThatThrows_endsAsOneThatWasNotStarted() throws InterruptedException {
        Macros macros = new Macros(CidrParser.parse("192.0.2.7"), 111, Mode.STEALTH);
        Response response = new Response(Requests.block("192.0.2.7"), macros, new Term(60, 0, false),
                List.of(Step.COMMAND), false);

        lane.offer(response, () -> {
            throw new IllegalStateException("no more");
        });

        assertThat(wakeUps.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        Optional<CommandLane.Ended> ended = lane.poll();
        assertThat(ended).get().extracting(CommandLane.Ended::response).isSameAs(response);
        assertThat(ended.orElseThrow().result().started()).isFalse();
    }
}
