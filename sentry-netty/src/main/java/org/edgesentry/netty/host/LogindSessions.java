package org.edgesentry.netty.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.Cidr;

/**
 * Who is logged in, and from where: the session files of systemd-logind (session_save in src/login/logind-session.c),
 * lines of {@code KEY=value}. Users without a terminal (file transfer, forwarded ports) are here and not in utmp.
 *
 * <p>Thread: one.
 */
final class LogindSessions {

    /** Beside a session's file lies its FIFO, on which reading would wait for ever. */
    private static final int ENTRIES_PER_SESSION = 2;

    private final List<String> problems = new ArrayList<>();
    private final HostFile file = new HostFile(problems);
    private final Set<Cidr> found = new HashSet<>();

    private LogindSessions() {
    }

    /** The addresses that users are logged in from, single ones. */
    static Reading<Set<Cidr>> read(Path directory) {
        LogindSessions sessions = new LogindSessions();
        sessions.addAll(directory);
        return new Reading<>(sessions.found, sessions.problems);
    }

    private void addAll(Path directory) {
        int entries = 0;
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(directory)) {
            for (Path entry : listed) {
                entries++;
                if (entries > ENTRIES_PER_SESSION * Limits.REMOTE_SESSIONS) {
                    file.reportTooMany(directory);
                    return;
                }
                add(entry);
            }
        } catch (NoSuchFileException e) {
            // There is no logind.
        } catch (IOException | DirectoryIteratorException e) {
            file.reportUnreadable(directory, e);
        }
    }

    private void add(Path entry) {
        if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        byte[] content = file.bytes(entry, Limits.SESSION_FILE_BYTES);
        boolean isRemote = false;
        String host = "";
        for (String line : new String(content, StandardCharsets.ISO_8859_1).split("\n")) {
            if (line.equals("STATE=closing")) {
                return;
            }
            isRemote |= line.equals("REMOTE=1");
            host = line.startsWith("REMOTE_HOST=") ? value(line) : host;
        }
        if (isRemote) {
            RemoteAddress.ofText(host).ifPresent(found::add);
        }
    }

    /** Without the quotes that a value has when it is odd. */
    private static String value(String line) {
        return line.substring(line.indexOf('=') + 1).replace("\"", "");
    }
}
