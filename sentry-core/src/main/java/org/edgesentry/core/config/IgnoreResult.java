package org.edgesentry.core.config;

import java.util.List;

/**
 * What became of an ignore file. With a fault in it the entries are not to be used: a list that lacks a line would
 * block the host that the line names.
 *
 * <p>Thread: immutable.
 *
 * @param entries in the order of the file; empty when there is a fault
 * @param faults in the order of the file
 */
public record IgnoreResult(List<IgnoreEntry> entries, List<Fault> faults) {

    /** Takes copies. */
    public IgnoreResult {
        entries = faults.isEmpty() ? List.copyOf(entries) : List.of();
        faults = List.copyOf(faults);
    }
}
