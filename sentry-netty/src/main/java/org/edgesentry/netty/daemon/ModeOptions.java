package org.edgesentry.netty.daemon;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.edgesentry.core.config.Mode;
import org.edgesentry.core.config.Modes;
import picocli.CommandLine.Option;

/**
 * The mode options of PortSentry: of 2.x one at most, of 1.x one for each protocol, never both kinds.
 *
 * <p>Thread: main. Errors: {@link IllegalArgumentException} whose message names the two options that contradict.
 */
final class ModeOptions {

    private final Set<Mode> forBoth = EnumSet.noneOf(Mode.class);
    private final Set<Mode> forTcp = EnumSet.noneOf(Mode.class);
    private final Set<Mode> forUdp = EnumSet.noneOf(Mode.class);

    @Option(names = "--stealth", description = "Reads packets, binds nothing (default).")
    void stealth(boolean given) {
        take(given, Mode.STEALTH, forBoth);
    }

    @Option(names = "--connect", description = "Binds every trap port, counts connections and datagrams.")
    void connect(boolean given) {
        take(given, Mode.CONNECT, forBoth);
    }

    @Option(names = "-tcp", description = "1.x: binds TCP_PORTS.")
    void tcp(boolean given) {
        take(given, Mode.TCP, forTcp);
    }

    @Option(names = "-stcp", description = "1.x: reads packets to TCP_PORTS.")
    void stcp(boolean given) {
        take(given, Mode.STCP, forTcp);
    }

    @Option(names = "-atcp", description = "1.x: reads packets to all TCP ports up to ADVANCED_PORTS_TCP.")
    void atcp(boolean given) {
        take(given, Mode.ATCP, forTcp);
    }

    @Option(names = "-udp", description = "1.x: binds UDP_PORTS.")
    void udp(boolean given) {
        take(given, Mode.UDP, forUdp);
    }

    @Option(names = "-sudp", description = "1.x: reads packets to UDP_PORTS.")
    void sudp(boolean given) {
        take(given, Mode.SUDP, forUdp);
    }

    @Option(names = "-audp", description = "1.x: reads packets to all UDP ports up to ADVANCED_PORTS_UDP. "
            + "Of these one TCP mode and one UDP mode may be given together.")
    void audp(boolean given) {
        take(given, Mode.AUDP, forUdp);
    }

    private static void take(boolean given, Mode mode, Set<Mode> among) {
        if (given) {
            among.add(mode);
        }
    }

    /** What is asked for; stealth for both protocols when nothing is. */
    Modes modes() {
        Optional<Mode> both = onlyOne(forBoth);
        Optional<Mode> tcp = onlyOne(forTcp);
        Optional<Mode> udp = onlyOne(forUdp);
        Optional<Mode> classic = tcp.or(() -> udp);
        if (both.isPresent() && classic.isPresent()) {
            throw contradiction(both.get(), classic.get());
        }
        return classic.isPresent() ? new Modes(tcp, udp)
                : both.filter(Mode::binds).map(mode -> Modes.CONNECT).orElse(Modes.STEALTH);
    }

    private static Optional<Mode> onlyOne(Set<Mode> given) {
        Mode[] modes = given.toArray(Mode[]::new);
        if (modes.length > 1) {
            throw contradiction(modes[0], modes[1]);
        }
        return given.stream().findFirst();
    }

    private static IllegalArgumentException contradiction(Mode one, Mode other) {
        return new IllegalArgumentException(one.option() + " and " + other.option() + " contradict each other");
    }
}
