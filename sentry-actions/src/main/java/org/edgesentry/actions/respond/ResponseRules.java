package org.edgesentry.actions.respond;

import java.util.List;
import org.edgesentry.core.config.Modes;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.Cidr;

/**
 * What a reload can change of the responses. Thread: immutable.
 *
 * @param response the KILL_ templates and their order
 * @param modes for {@code $MODE$}
 * @param ignored the entries of IGNORE_FILE: who comes onto it is blocked no more
 */
public record ResponseRules(Settings.Response response, Modes modes, List<Cidr> ignored) {
}
