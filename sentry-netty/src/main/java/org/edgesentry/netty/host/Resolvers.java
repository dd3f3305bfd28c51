package org.edgesentry.netty.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;

/**
 * The DNS servers that this machine asks: those of resolv.conf(5), and behind systemd-resolved's local stub the real
 * ones.
 *
 * <p>Thread: any; reads anew on each call.
 */
public final class Resolvers {

    private static final Path CONFIGURED = Path.of("/etc/resolv.conf");
    private static final Path BEHIND_STUB = Path.of("/run/systemd/resolve/resolv.conf");

    private final Set<Cidr> found = new LinkedHashSet<>();

    /** The servers at this moment, single addresses. */
    public static Reading<List<Cidr>> read() {
        return read(CONFIGURED, BEHIND_STUB);
    }

    static Reading<List<Cidr>> read(Path configured, Path behindStub) {
        List<String> problems = new ArrayList<>();
        HostFile file = new HostFile(problems);
        Resolvers resolvers = new Resolvers();
        file.forEachLine(configured, resolvers::add);
        if (Files.exists(behindStub)) {
            file.forEachLine(behindStub, resolvers::add);
        }
        return new Reading<>(List.copyOf(resolvers.found), problems);
    }

    private void add(String line) {
        String[] word = line.trim().split("\\s+");
        if (!word[0].equals("nameserver")) {
            return;
        }
        String withoutZone = word[1].replaceFirst("%.*", "");
        Cidr server = CidrParser.parse(withoutZone);
        if (!server.isSingleAddress()) {
            throw new IllegalArgumentException("a network is no server");
        }
        found.add(server);
    }
}
