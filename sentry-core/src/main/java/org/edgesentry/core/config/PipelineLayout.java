package org.edgesentry.core.config;

/** PIPELINE: how the four handlers are laid on threads. */
public enum PipelineLayout {

    /** One thread calls the four in order. */
    FUSED,
    /** A thread each. */
    STAGED
}
