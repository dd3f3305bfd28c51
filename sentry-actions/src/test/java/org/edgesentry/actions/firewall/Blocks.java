package org.edgesentry.actions.firewall;

import org.edgesentry.actions.command.Macros;
import org.edgesentry.core.config.Mode;
import org.edgesentry.core.net.Cidr;

/** Blocks for tests, of sources that asked for port 111. */
final class Blocks {

    private Blocks() {
    }

    static Block of(Cidr target, long seconds) {
        return new Block(target, seconds, new Macros(Cidr.ofAddress(target.family(), target.hi(), target.lo()), 111,
                Mode.STEALTH), true);
    }
}
