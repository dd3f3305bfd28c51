package org.edgesentry.netty.daemon;

import org.edgesentry.core.config.Modes;
import org.edgesentry.netty.capture.CaptureMethod;
import org.edgesentry.netty.capture.InterfaceSelection;

/**
 * What the command line decides. Thread: immutable.
 *
 * @param modes how to watch
 * @param method how to capture, in stealth mode
 * @param interfaces where to capture, in stealth mode
 */
record RunOptions(Modes modes, CaptureMethod method, InterfaceSelection interfaces) {
}
