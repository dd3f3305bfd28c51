package org.edgesentry.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.edgesentry.core.probe.Probes.NOON;
import static org.edgesentry.core.probe.Probes.syn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionPublisher;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.command.BlocksCommand;
import org.edgesentry.core.command.CommandOutcome;
import org.edgesentry.core.command.HostsCommand;
import org.edgesentry.core.command.OperatorCommand;
import org.edgesentry.core.command.UnblockCommand;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DispatchHandlerTest implements ActionPublisher {

    private final ActionRequest request = new ActionRequest();
    private final List<String> asked = new ArrayList<>();
    private final ProbeCounters counters = new ProbeCounters();
    private boolean ringIsFull;

    @ParameterizedTest
    @EnumSource(value = Verdict.class, names = {"IGNORED", "FORGED", "ANSWER", "BACKSCATTER", "MALFORMED"})
    void packetThatCountsAgainstNobody_isToldOnlyByATalkativeHandler(Verdict verdict) {
        new DispatchHandler(counters, this, false).handle(judged(verdict));
        assertThat(asked).isEmpty();

        new DispatchHandler(counters, this, true).handle(judged(verdict));
        assertThat(asked).containsExactly(ActionKind.LEFT_ALONE + " " + verdict);
    }

    @Test
    void talk_isBounded() {
        DispatchHandler handler = new DispatchHandler(counters, this, true);
        for (int i = 0; i < 100_000; i++) {
            handler.handle(judged(Verdict.IGNORED));
        }
        assertThat(asked).hasSize(Limits.LEFT_ALONE_LINES_PER_MINUTE);
        assertThat(counters.probes(Verdict.IGNORED)).isEqualTo(100_000);
    }

    @Test
    void foldedProbe_asksForNothing() {
        new DispatchHandler(counters, this, true).handle(judged(Verdict.PROBE));
        assertThat(asked).isEmpty();
    }

    @Test
    void renewal_reachesTheActions() {
        new DispatchHandler(counters, this, false).handle(event(EventKind.RENEW));
        assertThat(asked).containsExactly(ActionKind.RENEW + " " + Verdict.UNJUDGED);
    }

    @Test
    void renewal_actionRingIsFull_goesOutWithATickOnceThereIsRoom() {
        DispatchHandler handler = new DispatchHandler(counters, this, false);
        ringIsFull = true;
        handler.handle(event(EventKind.RENEW));
        handler.handle(event(EventKind.TICK));
        ringIsFull = false;
        handler.handle(event(EventKind.TICK));
        handler.handle(event(EventKind.TICK));
        assertThat(asked).extracting(line -> line.split(" ")[0]).containsExactly("RENEW", "TICK", "TICK");
    }

    @Test
    void command_aboutBlocks_reachesTheActions() {
        new DispatchHandler(counters, this, false).handle(command(new BlocksCommand(new CompletableFuture<>())));
        assertThat(asked).extracting(line -> line.split(" ")[0]).containsExactly("COMMAND");
        assertThat(request.command).isInstanceOf(BlocksCommand.class);
    }

    @Test
    void command_aboutHosts_hasItsAnswerAndGoesNoFurther() {
        new DispatchHandler(counters, this, false).handle(command(new HostsCommand(9, new CompletableFuture<>())));
        assertThat(asked).isEmpty();
    }

    @Test
    void command_actionRingIsFull_isRefusedWithWords() {
        ringIsFull = true;
        UnblockCommand unblock = new UnblockCommand(Optional.empty(), new CompletableFuture<>());
        BlocksCommand blocks = new BlocksCommand(new CompletableFuture<>());
        DispatchHandler handler = new DispatchHandler(counters, this, false);
        handler.handle(command(unblock));
        handler.handle(command(blocks));

        String words = "the daemon has too much to do just now; try again";
        assertThat(unblock.answer()).isCompletedWithValue(CommandOutcome.refused(words));
        assertThat(blocks.answer()).isCompletedExceptionally();
        assertThatThrownBy(() -> blocks.answer().getNow(List.of())).hasRootCauseMessage(words);
    }

    private static ProbeEvent command(OperatorCommand command) {
        ProbeEvent event = event(EventKind.COMMAND);
        event.command = command;
        return event;
    }

    private static ProbeEvent event(EventKind kind) {
        ProbeEvent event = new ProbeEvent();
        event.kind = kind;
        return event;
    }

    private static ProbeEvent judged(Verdict verdict) {
        ProbeEvent event = syn("198.51.100.7", 11, NOON);
        event.verdict = verdict;
        return event;
    }

    @Override
    public ActionRequest begin() {
        return request;
    }

    @Override
    public boolean publish() {
        return !ringIsFull && asked.add(request.kind + " " + request.verdict);
    }
}
