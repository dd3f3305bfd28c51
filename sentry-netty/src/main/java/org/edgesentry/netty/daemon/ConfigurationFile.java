package org.edgesentry.netty.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.edgesentry.core.config.ConfigParser;
import org.edgesentry.core.config.ConfigResult;
import org.edgesentry.core.config.IgnoreEntry;
import org.edgesentry.core.config.IgnoreFileParser;
import org.edgesentry.core.config.IgnoreResult;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.Cidr;

/**
 * Finds and reads portsentry.conf and the ignore file that it names. Thread: any.
 *
 * @param path where the settings came from
 * @param settings what they are
 * @param notActedOn keys that are set but do nothing yet
 */
record ConfigurationFile(Path path, Settings settings, List<String> notActedOn) {

    private static final int MAX_CONFIGURATION_BYTES = 1 << 20;
    /** An ignore file of 100,000 networks has about 4 MB. */
    private static final int MAX_IGNORE_BYTES = 16 << 20;
    private static final List<Path> USUAL_PLACES = List.of(
            Path.of("/etc/edge-sentry/portsentry.conf"),
            Path.of("/etc/portsentry/portsentry.conf"),
            Path.of("/usr/local/psionic/portsentry/portsentry.conf"));

    /** Reads the given file, or the first that exists of the usual ones. */
    static ConfigurationFile read(Optional<Path> given, Optional<Path> home) throws StartFailure {
        Path path = given.isPresent() ? given.get() : firstExisting(home);
        ConfigResult result = ConfigParser.parse(path.toString(), content(path, MAX_CONFIGURATION_BYTES));
        if (!result.faults().isEmpty()) {
            throw new StartFailure(result.faults());
        }
        return new ConfigurationFile(path, result.settings().orElseThrow(), result.notActedOn());
    }

    /** Reads the same file anew. */
    ConfigurationFile readAgain() throws StartFailure {
        return read(Optional.of(path), Optional.empty());
    }

    /** The networks of IGNORE_FILE, none if there is no such file in the settings. */
    List<Cidr> ignored() throws StartFailure {
        Optional<Path> file = settings.files().ignore();
        if (file.isEmpty()) {
            return List.of();
        }
        IgnoreResult result = IgnoreFileParser.parse(file.get().toString(), content(file.get(), MAX_IGNORE_BYTES));
        if (!result.faults().isEmpty()) {
            throw new StartFailure(result.faults());
        }
        return result.entries().stream().map(IgnoreEntry::network).toList();
    }

    private static Path firstExisting(Optional<Path> home) throws StartFailure {
        Stream<Path> besideLauncher = home.stream().map(directory -> directory.resolve("conf/portsentry.conf"));
        List<Path> places = Stream.concat(besideLauncher, USUAL_PLACES.stream()).toList();
        return places.stream().filter(Files::exists).findFirst().orElseThrow(() -> new StartFailure(
                StartFailure.BAD_CONFIGURATION,
                "no configuration found; name one with -c, or create one of " + places));
    }

    private static byte[] content(Path path, int maxBytes) throws StartFailure {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new StartFailure(StartFailure.BAD_CONFIGURATION, path + ": is not a regular file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(maxBytes + 1);
            if (content.length > maxBytes) {
                throw new StartFailure(StartFailure.BAD_CONFIGURATION, path + ": longer than " + maxBytes + " bytes");
            }
            return content;
        } catch (NoSuchFileException e) {
            throw new StartFailure(StartFailure.BAD_CONFIGURATION, path + ": there is no such file");
        } catch (AccessDeniedException e) {
            throw new StartFailure(StartFailure.BAD_CONFIGURATION,
                    path + ": permission denied; run as root or make it readable");
        } catch (IOException e) {
            throw new StartFailure(StartFailure.BAD_CONFIGURATION, path + ": cannot be read: " + e.getMessage());
        }
    }
}
