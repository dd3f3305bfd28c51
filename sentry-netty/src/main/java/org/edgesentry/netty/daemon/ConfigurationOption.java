package org.edgesentry.netty.daemon;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The {@code -c} that every command takes. Thread: main. */
final class ConfigurationOption {

    @Option(names = {"-c", "--config", "--configfile"}, paramLabel = "FILE", description = {
        "The configuration file. Without it the first that exists of:",
        "conf/portsentry.conf beside the launcher, /etc/edge-sentry/portsentry.conf,",
        "/etc/portsentry/portsentry.conf, /usr/local/psionic/portsentry/portsentry.conf"})
    private Path file;

    ConfigurationFile read() throws StartFailure {
        return ConfigurationFile.read(Optional.ofNullable(file),
                Optional.ofNullable(System.getProperty("sentry.home")).map(Path::of));
    }
}
