package org.edgesentry.core.action;

/** What a slot of the action ring asks for. */
public enum ActionKind {

    /** A probe to be reported, and perhaps its source to be blocked. */
    PROBE,
    /** A packet that counts against nobody, to be told because the administrator wants to know. */
    LEFT_ALONE,
    /** A scan has ended, or goes on for long: write the line that sums it up. */
    CLOSING,
    /** A source was judged to scan: {@link ActionRequest#scan} says how. */
    SCAN,
    /** Many sources scan together: {@link ActionRequest#distributed}. */
    DISTRIBUTED,
    /** A second has passed: expire blocks, write what is due. */
    TICK,
    /** The operator asks for something about blocks: {@link ActionRequest#command}. */
    COMMAND,
    /** Settings have changed: ask for the rules anew. */
    RENEW,
    /** Something that the responder had begun elsewhere, a command, has come to its end: look what became of it. */
    WAKE_UP
}
