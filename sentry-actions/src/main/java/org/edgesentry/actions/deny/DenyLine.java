package org.edgesentry.actions.deny;

import org.edgesentry.actions.command.Macros;
import org.edgesentry.core.net.AddressFamily;

/** A line for hosts.deny. Thread: any. */
public final class DenyLine {

    private static final String BRACKETED = "[$TARGET$]";

    private DenyLine() {
    }

    /** The line of KILL_HOSTS_DENY for this probe; hosts_access(5) wants IPv6 addresses in square brackets. */
    public static String of(String template, Macros macros) {
        boolean bare = macros.source().family() == AddressFamily.IPV6 && !template.contains(BRACKETED);
        return bare ? macros.fill(template, "[" + macros.source() + "]") : macros.fill(template);
    }
}
