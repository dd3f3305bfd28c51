package org.edgesentry.netty.daemon;

import org.edgesentry.core.config.Modes;
import org.edgesentry.netty.capture.CaptureMethod;
import org.edgesentry.netty.capture.InterfaceSelection;

/**
 * What the command line decides. Thread: immutable.
 *
 * @param modes how to watch
 * @param method how to capture, where packets are read
 * @param interfaces where to capture
 * @param checksLocal whether the host is not found scanning itself (without {@code --disable-local-check})
 * @param checksServices whether ports of own services are no traps (without {@code --disable-service-check})
 * @param talkative whether packets that count against nobody get lines too
 */
record RunOptions(Modes modes, CaptureMethod method, InterfaceSelection interfaces, boolean checksLocal,
                  boolean checksServices, boolean talkative) {
}
