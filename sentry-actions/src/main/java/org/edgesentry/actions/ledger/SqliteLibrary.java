package org.edgesentry.actions.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.text.PrintableText;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Loads the native part of SQLite. The driver would leave it in the temporary directory for good when the process is
 * killed; here it is unpacked where nobody else can write, loaded, and removed at once.
 *
 * <p>Thread: any. Errors: an {@link IOException} that says what to do, never an {@link Error}.
 */
final class SqliteLibrary {

    private static boolean loaded;

    private SqliteLibrary() {
    }

    /** Loads it from java.io.tmpdir, or from the second directory where programs may not be run from the first. */
    static synchronized void load(Path second) throws IOException {
        List<String> refusals = new ArrayList<>();
        for (Path directory : List.of(Path.of(System.getProperty("java.io.tmpdir")), second)) {
            if (!loaded) {
                loaded = tryFrom(directory, refusals);
            }
        }
        if (!loaded) {
            throw new IOException("SQLite cannot be loaded for the ledger ("
                    + PrintableText.oneLine(String.join("; ", refusals), ActionLimits.MESSAGE_CHARS)
                    + "); Linux on x86_64 or aarch64 with glibc is needed, and a java.io.tmpdir without noexec");
        }
    }

    private static boolean tryFrom(Path directory, List<String> refusals) {
        try {
            loadFrom(directory);
            return true;
        } catch (IOException e) {
            refusals.add(directory + ": " + e);
        } catch (LinkageError e) {
            String message = String.valueOf(e.getMessage());
            refusals.add(directory + ": " + message.substring(message.lastIndexOf(": ") + 1).strip());
        }
        return false;
    }

    private static void loadFrom(Path directory) throws IOException {
        Path own = Files.createTempDirectory(directory, "edge-sentry-sqlite-");
        String name = LibraryLoaderUtil.getNativeLibName();
        Path library = own.resolve(name);
        try {
            unpack(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name, library);
            System.load(library.toString());
            handToDriver(own, name);
        } finally {
            Files.deleteIfExists(library);
            Files.delete(own);
        }
    }

    private static void unpack(String resource, Path library) throws IOException {
        try (InputStream content = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new IOException("there is no " + resource);
            }
            Files.copy(content, library);
        }
    }

    /** The driver loads what is loaded already, and so unpacks nothing itself. */
    private static void handToDriver(Path own, String name) throws IOException {
        System.setProperty("org.sqlite.lib.path", own.toString());
        System.setProperty("org.sqlite.lib.name", name);
        System.setProperty("org.sqlite.tmpdir", own.toString());
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
