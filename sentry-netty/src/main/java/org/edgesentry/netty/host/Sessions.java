package org.edgesentry.netty.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.netty.host.UtmpFile.Login;

/**
 * The addresses that users are logged in from: those of utmp, and those of systemd-logind. Many hosts have both, some
 * one of the two; neither is no fault.
 *
 * <p>Thread: one at a time. While nothing has changed, a look costs two questions for attributes and one more for each
 * user.
 */
public final class Sessions {

    private static final Path UTMP = Path.of("/run/utmp");
    private static final Path OLD_UTMP = Path.of("/var/run/utmp");
    private static final Path LOGIND = Path.of("/run/systemd/sessions");
    private static final Path PROCESSES = Path.of("/proc");

    /** Equal sets are equal lists, in whatever order a directory is listed. */
    private static final Comparator<Cidr> IN_ORDER = Comparator.comparingInt(Cidr::family)
            .thenComparing(Cidr::hi, Long::compareUnsigned).thenComparing(Cidr::lo, Long::compareUnsigned);

    private final Remembered<List<Login>> utmp;
    private final Remembered<Set<Cidr>> logind;
    private final IntPredicate isRunning;

    /** Reads these files; a record of utmp outlives a process that was killed, so each is asked for. */
    Sessions(Path utmp, int recordBytes, IntPredicate isRunning, Path logind) {
        this.utmp = new Remembered<>(utmp, () -> UtmpFile.read(utmp, recordBytes));
        this.logind = new Remembered<>(logind, () -> LogindSessions.read(logind));
        this.isRunning = isRunning;
    }

    /** Those of this machine. */
    public static Sessions ofThisMachine() {
        Path utmp = !Files.exists(UTMP) && Files.exists(OLD_UTMP) ? OLD_UTMP : UTMP;
        return new Sessions(utmp, UtmpFile.recordBytesHere(), Sessions::isRunning, LOGIND);
    }

    /** The addresses at this moment, single ones. */
    public Reading<List<Cidr>> read() {
        Reading<List<Login>> logins = utmp.get();
        Reading<Set<Cidr>> sessions = logind.get();
        Set<Cidr> found = new HashSet<>(sessions.value());
        logins.value().stream().filter(login -> isRunning.test(login.pid())).map(Login::source).forEach(found::add);
        List<String> problems = new ArrayList<>(logins.problems());
        problems.addAll(sessions.problems());
        return new Reading<>(found.stream().sorted(IN_ORDER).toList(), problems);
    }

    static boolean isRunning(int pid) {
        return pid > 0 && Files.exists(PROCESSES.resolve(String.valueOf(pid)));
    }
}
