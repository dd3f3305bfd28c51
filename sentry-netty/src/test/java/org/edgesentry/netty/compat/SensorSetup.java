package org.edgesentry.netty.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.edgesentry.netty.daemon.SentryProcess;
import org.edgesentry.netty.lab.Shell;

/** What an administrator prepares before the start: a configuration file, and files beside it. Thread: the test's. */
final class SensorSetup {

    private final ScanLab lab;
    private final Path directory;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> wrapper = new ArrayList<>();
    private boolean ownEtc;

    /** All files are in the directory; the ports that every comparison asks for are traps; nothing is blocked. */
    SensorSetup(ScanLab lab, Path directory) {
        this.lab = lab;
        this.directory = directory;
        Shell.run("mkdir -p " + directory);
        set("TCP_PORTS", Scanner.PORTS);
        set("UDP_PORTS", Scanner.PORTS);
        set("HISTORY_FILE", directory.resolve("history").toString());
        set("BLOCKED_FILE", directory.resolve("blocked").toString());
        set("CONTROL_SOCKET", directory.resolve("socket").toString());
        set("STATE_DIR", directory.resolve("state").toString());
    }

    /** Sets a key, in place of its former value. */
    SensorSetup set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    SensorSetup without(String key) {
        settings.remove(key);
        return this;
    }

    /** An executable script in the directory; its path. */
    Path script(String name, String... lines) {
        try {
            Path script = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + String.join("\n", lines) + "\n");
            Shell.run("chmod 755 " + script);
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has these words stand before the launcher: a program that starts it in some other way. */
    SensorSetup within(String... words) {
        wrapper.addAll(List.of(words));
        return this;
    }

    /** Makes it a machine without this program: "ip netns exec" gives each command mounts of its own. */
    SensorSetup hide(String program) {
        String file = Shell.run(List.of("sh", "-c", "command -v " + program)).strip();
        return within("sh", "-c", "mount --bind /dev/null \"$1\" && shift && exec \"$@\"", "sh", file);
    }

    /** Writes the ignore file and names it in the configuration. */
    SensorSetup ignore(String... lines) {
        try {
            Path file = Files.writeString(directory.resolve("ignore"), String.join("\n", lines) + "\n");
            return set("IGNORE_FILE", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the daemon a copy of /etc, which it may change; the path of the copy. */
    Path ownEtc() {
        if (!ownEtc) {
            Shell.run("cp -a /etc " + directory.resolve("etc"));
            ownEtc = true;
        }
        return directory.resolve("etc");
    }

    /** Writes the configuration file anew. */
    Path write() {
        String text = settings.entrySet().stream().map(entry -> entry.getKey() + "=\"" + entry.getValue() + "\"\n")
                .collect(Collectors.joining());
        try {
            return Files.writeString(directory.resolve("portsentry.conf"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the daemon on the sensor with these options, and waits until it is active. */
    Sensor start(String... options) {
        SentryProcess process = launch(options);
        try {
            process.awaitReady();
        } catch (RuntimeException | Error e) {
            process.close();
            throw e;
        }
        return new Sensor(lab.hosts(), process, directory);
    }

    /** Starts the daemon and waits for nothing. */
    SentryProcess launch(String... options) {
        List<String> prefix = new ArrayList<>(lab.hosts().sensorPrefix());
        if (ownEtc) {
            // "ip netns exec" gives each command mounts of its own: nobody else sees this one.
            prefix.addAll(List.of("sh", "-c", "mount --bind \"$1\" /etc && shift && exec \"$@\"", "sh",
                    directory.resolve("etc").toString()));
        }
        prefix.addAll(wrapper);
        List<String> arguments = new ArrayList<>(List.of("-c", write().toString()));
        arguments.addAll(List.of(options));
        return new SentryProcess(prefix, arguments.toArray(String[]::new));
    }
}
