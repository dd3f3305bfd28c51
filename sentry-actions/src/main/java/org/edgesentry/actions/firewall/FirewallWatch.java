package org.edgesentry.actions.firewall;

/**
 * Tells whether something has changed in our part of the firewall since it was asked last, whoever did it.
 *
 * <p>Thread: one at a time.
 */
@FunctionalInterface
public interface FirewallWatch {

    /** Where nobody tells: what is cheap to look at is looked at. */
    FirewallWatch BLIND = () -> Change.UNKNOWN;

    /** What has happened since the last question. */
    Change look();

    /** How much has changed. */
    enum Change {
        /** Nothing of ours. */
        NONE,
        /** Nobody can tell. */
        UNKNOWN,
        /** Something was added, or rules and sets were taken away. */
        RULES,
        /** Blocks were taken out of a set, perhaps by ourselves. */
        BLOCKS
    }
}
