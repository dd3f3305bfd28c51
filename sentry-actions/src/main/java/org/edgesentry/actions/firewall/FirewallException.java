package org.edgesentry.actions.firewall;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.text.PrintableText;

/** A firewall did not do what it was asked for. The message is one printable line of bounded length. */
public final class FirewallException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Set<Cidr> failed;

    /** Nothing of what was asked for is done. */
    public FirewallException(String words) {
        super(PrintableText.oneLine(words, ActionLimits.MESSAGE_CHARS));
        this.failed = null;
    }

    /** Everything is done except for these targets. */
    public FirewallException(String words, Collection<Cidr> failed) {
        super(PrintableText.oneLine(words, ActionLimits.MESSAGE_CHARS));
        this.failed = Set.copyOf(failed);
    }

    /** Whether a set is full: the kernel has no word of its own for that (ENFILE). */
    public boolean isForWantOfRoom() {
        return getMessage().contains("Too many open files in system") || getMessage().contains("is full");
    }

    /** Whether some of what was asked for is done. */
    boolean isPartial() {
        return failed != null;
    }

    /** Which of the targets that were asked for are not done. */
    public Set<Cidr> failedOf(List<Cidr> asked) {
        return failed == null ? Set.copyOf(asked) : asked.stream().filter(failed::contains).collect(Collectors.toSet());
    }
}
