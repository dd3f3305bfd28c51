package org.edgesentry.actions.names;

import java.util.Optional;
import org.edgesentry.core.net.Cidr;

/**
 * What a source is called in lines, beside its address. Never waits.
 *
 * <p>Thread: action worker only.
 */
public interface HostNames {

    /** RESOLVE_HOST=0: the address stands for the name. */
    HostNames ADDRESSES = new HostNames() {

        @Override
        public Optional<String> find(Cidr source) {
            return Optional.of(source.toString());
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    };

    /**
     * The name, or the address as text when the source has no name. Empty while the name is being looked up, which the
     * first question about a source begins.
     */
    Optional<String> find(Cidr source);

    /** Ends lookups that are under way. */
    void close();
}
