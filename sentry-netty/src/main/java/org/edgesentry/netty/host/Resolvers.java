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
 * <p>Thread: one at a time. While nothing has changed, a look costs two questions for attributes.
 */
public final class Resolvers {

    private static final Path CONFIGURED = Path.of("/etc/resolv.conf");
    private static final Path BEHIND_STUB = Path.of("/run/systemd/resolve/resolv.conf");

    private final Remembered<Set<Cidr>> configured;
    private final Remembered<Set<Cidr>> behindStub;

    /** Reads these files, the second if it exists. */
    Resolvers(Path configured, Path behindStub) {
        this.configured = new Remembered<>(configured, () -> servers(configured));
        this.behindStub = new Remembered<>(behindStub, () -> Files.exists(behindStub) ? servers(behindStub)
                : new Reading<>(Set.of(), List.of()));
    }

    /** Those of this machine. */
    public static Resolvers ofThisMachine() {
        return new Resolvers(CONFIGURED, BEHIND_STUB);
    }

    /** The servers at this moment, single addresses. */
    public Reading<List<Cidr>> read() {
        Reading<Set<Cidr>> asked = configured.get();
        Reading<Set<Cidr>> real = behindStub.get();
        Set<Cidr> found = new LinkedHashSet<>(asked.value());
        found.addAll(real.value());
        List<String> problems = new ArrayList<>(asked.problems());
        problems.addAll(real.problems());
        return new Reading<>(List.copyOf(found), problems);
    }

    private static Reading<Set<Cidr>> servers(Path path) {
        List<String> problems = new ArrayList<>();
        Set<Cidr> found = new LinkedHashSet<>();
        new HostFile(problems).forEachLine(path, line -> add(line, found));
        return new Reading<>(found, problems);
    }

    private static void add(String line, Set<Cidr> found) {
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
