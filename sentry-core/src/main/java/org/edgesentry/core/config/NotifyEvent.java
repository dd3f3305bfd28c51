package org.edgesentry.core.config;

/** What somebody is told of. */
public enum NotifyEvent {

    /** A host was blocked. */
    BLOCK,
    /** A scan has ended, or many sources were found to scan together. */
    SCAN
}
