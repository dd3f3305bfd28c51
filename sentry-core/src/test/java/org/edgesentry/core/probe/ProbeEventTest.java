package org.edgesentry.core.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.command.OperatorCommand;
import org.edgesentry.core.command.UnblockCommand;
import org.junit.jupiter.api.Test;

/** A field that somebody adds must not be forgotten where slots are cleared and copied. */
class ProbeEventTest {

    private static final List<String> JUDGEMENT = List.of("triggered", "reported", "blockForbidden",
            "blockRequested", "firstSinceBlocked", "blockPrefixLength", "cameBefore", "closingProbes",
            "closingFolded", "closingFirstNanos", "closingOngoing", "closingHosts", "blocksPutOff", "commandOnly",
            "awaitsAnswer", "pair", "related", "trapPort", "distributed", "hasScan", "scan.kinds");
    /** What else a verdict holds is stale while it has no kind. */
    private static final String VERDICT = "scan";

    @Test
    void clear_everyField_isAsNew() throws IllegalAccessException {
        ProbeEvent event = new ProbeEvent();
        fill(event);
        event.clear();

        assertThat(event).usingRecursiveComparison().ignoringFields(VERDICT).isEqualTo(new ProbeEvent());
        assertThat(event.scan.kinds).isZero();
    }

    @Test
    void copyFrom_whatTheSourceWrote_isTakenAndTheJudgementIsNot() throws IllegalAccessException {
        ProbeEvent written = new ProbeEvent();
        fill(written);
        ProbeEvent copy = new ProbeEvent();
        fill(copy);
        copy.copyFrom(written);

        assertThat(copy).usingRecursiveComparison()
                .ignoringFields(JUDGEMENT.toArray(String[]::new)).ignoringFields(VERDICT).isEqualTo(written);
        assertThat(copy).usingRecursiveComparison()
                .comparingOnlyFields(JUDGEMENT.toArray(String[]::new)).isEqualTo(new ProbeEvent());
    }

    @Test
    void copyFrom_ofAnActionRequest_takesEveryField() throws IllegalAccessException {
        ActionRequest written = new ActionRequest();
        fill(written);
        written.kind = ActionKind.CLOSING;
        ActionRequest copy = new ActionRequest();
        copy.copyFrom(written);

        assertThat(copy).usingRecursiveComparison().isEqualTo(written);
    }

    /** Gives every field a value that is neither its default nor that of another field. */
    private static void fill(Object slot) throws IllegalAccessException {
        int value = 1;
        for (Field field : slot.getClass().getFields()) {
            Class<?> type = field.getType();
            if (type == boolean.class) {
                field.setBoolean(slot, true);
            } else if (type == ScanVerdict.class) {
                fill(field.get(slot));
            } else if (type == DistributedScan.class) {
                field.set(slot, new DistributedScan(6, 23, 4, 0, 1, 40, 40, 1, 80, 1, 2, List.of()));
            } else if (type == OperatorCommand.class) {
                field.set(slot, new UnblockCommand(Optional.empty(), new CompletableFuture<>()));
            } else if (type == float.class) {
                field.setFloat(slot, value++);
            } else if (type.isEnum()) {
                field.set(slot, Arrays.asList(type.getEnumConstants()).get(1));
            } else {
                field.set(slot, type == int.class ? (Object) value++ : (Object) (long) value++);
            }
        }
    }
}
