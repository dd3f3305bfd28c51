package org.edgesentry.actions.respond;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.command.Macros;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.net.Cidr;

/**
 * The response to one host: the probe that led to it, the steps that are left, and what the others have brought.
 *
 * <p>Thread: action worker only.
 */
final class Response {

    private final ActionRequest request = new ActionRequest();
    private final Macros macros;
    private final Term term;
    private final boolean commandFirst;
    private final Deque<Step> steps;
    private final List<ActionRequest> held = new ArrayList<>();
    private boolean reported;
    private boolean told;
    private boolean blocked;
    private boolean complete = true;
    private String command = "";
    private Optional<String> commandLine = Optional.empty();
    private Optional<String> denyLine = Optional.empty();
    private Optional<String> blockLine = Optional.empty();

    Response(ActionRequest origin, Macros macros, Term term, List<Step> steps, boolean commandFirst) {
        this.request.copyFrom(origin);
        this.macros = macros;
        this.term = term;
        this.steps = new ArrayDeque<>(steps);
        this.commandFirst = commandFirst;
    }

    /** What a request wants to have blocked. */
    static Cidr target(ActionRequest request) {
        return new Cidr(request.family, request.sourceHi, request.sourceLo, request.blockPrefixLength);
    }

    ActionRequest request() {
        return request;
    }

    Cidr target() {
        return target(request);
    }

    Macros macros() {
        return macros;
    }

    /** How long its block is to last; 0 without end. */
    long seconds() {
        return term.seconds();
    }

    /** How often the host was blocked before. */
    int times() {
        return term.times();
    }

    /** Whether the host is blocked, and is to stay so for longer. */
    boolean extendsBlock() {
        return term.isExtension();
    }

    /** The step that comes next; empty at the end. */
    Optional<Step> next() {
        return Optional.ofNullable(steps.peek());
    }

    boolean isAt(Step step) {
        return steps.peek() == step;
    }

    /** The step that was next is done, whatever came of it. */
    void done() {
        reported |= steps.poll() == Step.REPORT;
    }

    /** Nothing more is to be done than to say so. */
    void giveUp() {
        steps.removeIf(step -> step != Step.REPORT);
    }

    boolean isReported() {
        return reported;
    }

    /** Whether its probes have waited long enough for what a command brings. */
    boolean isOverdue(long epochNanos) {
        return !told && !isAt(Step.REPORT)
                && epochNanos - request.epochNanos >= ActionLimits.REPORT_PATIENCE.toNanos();
    }

    /** Its probes have been reported without that; what the command brings is said when it is there. */
    void told() {
        told = true;
        request.reported = false;
        held.clear();
    }

    /** Keeps a later probe of the host until this is reported; false when there are too many, or it takes too long. */
    boolean hold(ActionRequest probe) {
        if (told || held.size() == ActionLimits.REPORTS_HELD) {
            return false;
        }
        ActionRequest copy = new ActionRequest();
        copy.copyFrom(probe);
        held.add(copy);
        return true;
    }

    List<ActionRequest> held() {
        return held;
    }

    /** The command that is run for it. */
    String command() {
        return command;
    }

    void setCommand(String text) {
        command = text;
    }

    /** Whether every step so far was at least tried. */
    boolean isComplete() {
        return complete;
    }

    void setIncomplete() {
        complete = false;
    }

    void commandRan(String line) {
        commandLine = Optional.of(line);
    }

    void denied(String line) {
        denyLine = Optional.of(line);
    }

    void blocked(String line) {
        blocked = true;
        blockLine = Optional.of(line);
    }

    boolean isBlocked() {
        return blocked;
    }

    /** Whether something was done about the host, be it no block. */
    boolean isAnswered() {
        return commandLine.isPresent() || denyLine.isPresent();
    }

    /** The log lines of what was done, in PortSentry's order. */
    List<String> lines() {
        Stream<Optional<String>> inOrder = commandFirst
                ? Stream.of(commandLine, denyLine, blockLine)
                : Stream.of(denyLine, blockLine, commandLine);
        return inOrder.flatMap(Optional::stream).toList();
    }
}
