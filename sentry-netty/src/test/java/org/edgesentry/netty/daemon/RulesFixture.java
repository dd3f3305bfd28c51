package org.edgesentry.netty.daemon;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.edgesentry.core.config.ConfigParser;
import org.edgesentry.core.config.Modes;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.netty.capture.CaptureMethod;
import org.edgesentry.netty.capture.InterfaceSelection;
import org.edgesentry.netty.host.HostView;
import org.edgesentry.netty.host.Interfaces;
import org.edgesentry.netty.host.LocalAddresses;

/** A host with one of everything, and settings by the line. */
abstract class RulesFixture {

    Modes modes = Modes.STEALTH;
    boolean checksLocal = true;
    boolean checksServices = true;
    InterfaceSelection interfaces = InterfaceSelection.ALL_NLO;
    List<Cidr> ignored = networks("203.0.113.0/24");
    final HostView host = new HostView(new LocalAddresses(networks("192.0.2.1", "2001:db8:1:2::1"), List.of()),
            networks("192.0.2.254"), networks("192.0.2.53"), networks("198.51.100.7", "2001:db8:3:4::7"),
            new Interfaces(List.of()));

    static List<Cidr> networks(String... texts) {
        return Stream.of(texts).map(CidrParser::parse).toList();
    }

    /** @param lines instead of the defaults: traps TCP 11 and UDP 69, blocks of both */
    Watch watch(String... lines) throws StartFailure {
        StringBuilder content = new StringBuilder();
        Stream.of("TCP_PORTS=\"11\"", "UDP_PORTS=\"69\"", "BLOCK_TCP=\"1\"", "BLOCK_UDP=\"1\"")
                .filter(line -> Stream.of(lines).noneMatch(own -> own.startsWith(line.substring(0, line.indexOf('=')))))
                .forEach(line -> content.append(line).append('\n'));
        Stream.of(lines).forEach(line -> content.append(line).append('\n'));
        return Watch.of(ConfigParser.parse("test.conf", content.toString().getBytes(StandardCharsets.UTF_8)).settings()
                .orElseThrow(), ignored, modes);
    }

    RunOptions options() {
        return new RunOptions(modes, CaptureMethod.RING, interfaces, checksLocal, checksServices, false);
    }
}
