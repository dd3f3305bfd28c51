package org.edgesentry.core.config;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.edgesentry.core.net.IpProtocol;

/**
 * How TCP and UDP are watched by this process; at least one of them is. Both are modes of 2.x, or both of 1.x.
 *
 * <p>Thread: immutable.
 *
 * @param tcp how TCP is watched, and SCTP with it
 * @param udp how UDP is watched
 */
public record Modes(Optional<Mode> tcp, Optional<Mode> udp) {

    /** Both protocols by reading packets. */
    public static final Modes STEALTH = new Modes(Optional.of(Mode.STEALTH), Optional.of(Mode.STEALTH));
    /** Both protocols by bound ports. */
    public static final Modes CONNECT = new Modes(Optional.of(Mode.CONNECT), Optional.of(Mode.CONNECT));

    /** Checks that something is watched. */
    public Modes {
        if (tcp.isEmpty() && udp.isEmpty()) {
            throw new IllegalArgumentException("no protocol is watched");
        }
    }

    /** The mode that saw a probe of this protocol. */
    public Mode of(int protocol) {
        return protocol == IpProtocol.UDP ? udp.or(() -> tcp).orElseThrow() : tcp.or(() -> udp).orElseThrow();
    }

    /** Whether lines have the form of 1.x. */
    public boolean isClassic() {
        return any(Mode::isClassic);
    }

    /** Whether ports are bound for one of the protocols. */
    public boolean binds() {
        return any(Mode::binds);
    }

    /** Whether packets are read for one of the protocols. */
    public boolean captures() {
        return any(mode -> !mode.binds());
    }

    private boolean any(Predicate<Mode> condition) {
        return all().anyMatch(condition);
    }

    private Stream<Mode> all() {
        return Stream.concat(tcp.stream(), udp.stream());
    }

    /** The modes for messages: {@code stealth}, {@code atcp and sudp}. */
    @Override
    public String toString() {
        return all().map(Mode::text).distinct().collect(Collectors.joining(" and "));
    }
}
