package org.edgesentry.netty.capture.filter;

/**
 * A program, and what had to be given up for it to fit.
 *
 * @param program for the kernel
 * @param mergedIntervals port intervals that were joined with a neighbour, so that ports between them come through too
 */
public record BuiltFilter(BpfProgram program, int mergedIntervals) {
}
