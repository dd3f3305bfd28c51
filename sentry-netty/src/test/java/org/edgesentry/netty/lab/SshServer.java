package org.edgesentry.netty.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A real OpenSSH server on the sensor with keys and an utmp of its own, and logins to it. The utmp is mounted over that
 * of the machine, for the server and for whatever is started with {@link #daemonPrefix}: nobody else sees these users.
 *
 * <p>Thread: the test's.
 */
public final class SshServer implements AutoCloseable {

    /** Where it listens. */
    public static final int PORT = 2_222;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Path MOUNT_POINT = Path.of("/run/utmp");
    /** Arguments: directory, then the command. Root has no password, but is not locked either. */
    private static final String PRIVATE_FILES = """
            mount --bind "$1/utmp" /run/utmp && mount --bind "$1/shadow" /etc/shadow && mount -t tmpfs none /var/log \
            && shift && exec "$@"
            """;

    private final TwoHosts hosts;
    private final Path directory;
    private final boolean madeMountPoint;
    private final Process server;

    /** Starts it; its files are in the directory. */
    public SshServer(TwoHosts hosts, Path directory) throws IOException {
        Shell.need("/usr/sbin/sshd", "openssh-server");
        Shell.need("ssh", "openssh-client");
        this.hosts = hosts;
        this.directory = Files.createDirectories(directory);
        Files.createDirectories(Path.of("/run/sshd"));
        madeMountPoint = !Files.exists(MOUNT_POINT);
        if (madeMountPoint) {
            Files.createFile(MOUNT_POINT);
        }
        writeFiles();
        List<String> command = daemonPrefix();
        command.addAll(List.of("/usr/sbin/sshd", "-D", "-e", "-f", directory.resolve("sshd_config").toString()));
        server = start(command, directory.resolve("sshd.log"));
        awaitAnswer();
    }

    private void writeFiles() throws IOException {
        Files.createFile(directory.resolve("utmp"));
        Files.writeString(directory.resolve("shadow"), "root:*:20000:0:99999:7:::\n");
        for (String key : List.of("host_key", "user_key")) {
            Shell.run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", directory.resolve(key).toString()));
        }
        Files.copy(directory.resolve("user_key.pub"), directory.resolve("authorized_keys"));
        Files.writeString(directory.resolve("sshd_config"), """
                Port %d
                HostKey %s/host_key
                AuthorizedKeysFile %s/authorized_keys
                PidFile none
                UsePAM no
                StrictModes no
                PermitRootLogin prohibit-password
                PasswordAuthentication no
                PrintMotd no
                PrintLastLog no
                """.formatted(PORT, directory, directory));
    }

    private void awaitAnswer() {
        String question = "timeout 1 bash -c 'head -c 4 < /dev/tcp/" + TwoHosts.SENSOR_V4 + "/" + PORT
                + "' 2>&1 || true";
        await("sshd answers").atMost(PATIENCE).until(() -> hosts.onScannerBash(question).contains("SSH-"));
    }

    /** The words that run something on the sensor, where it sees who is logged in. */
    public List<String> daemonPrefix() {
        List<String> prefix = hosts.sensorPrefix();
        prefix.addAll(List.of("sh", "-c", PRIVATE_FILES, "sh", directory.toString()));
        return prefix;
    }

    /** Logs in from one address of the scanning host to one of the sensor, on a terminal, and stays. */
    public Login login(String from, String to) {
        return new Login(from, to);
    }

    private static Process start(List<String> command, Path log) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        end(server);
        if (madeMountPoint) {
            try {
                Files.deleteIfExists(MOUNT_POINT);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("%s ends", process).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** One user on a terminal, who echoes what he is told. */
    public final class Login implements AutoCloseable {

        private final Process client;
        private final BufferedWriter keyboard;
        private final List<String> screen = new CopyOnWriteArrayList<>();
        private int said;

        private Login(String from, String to) {
            List<String> command = new ArrayList<>(hosts.scannerPrefix());
            command.addAll(List.of("ssh", "-tt", "-F", "none", "-b", from, "-p", String.valueOf(PORT), "-i",
                    directory.resolve("user_key").toString(), "-o", "IdentitiesOnly=yes", "-o",
                    "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=" + directory.resolve("known_hosts"),
                    "root@" + to, "cat"));
            try {
                client = new ProcessBuilder(command).redirectErrorStream(true).start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            keyboard = client.outputWriter(StandardCharsets.UTF_8);
            Thread reader = new Thread(this::read, "screen");
            reader.setDaemon(true);
            reader.start();
            awaitEcho();
        }

        private void read() {
            try (BufferedReader output = new BufferedReader(
                    new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    screen.add(line);
                }
            } catch (IOException e) {
                screen.add("screen: " + e);
            }
        }

        /** Types something and waits until the terminal and then the program on it have said it. */
        public void awaitEcho() {
            said++;
            String word = "word-" + said + "-";
            try {
                keyboard.write(word + "\n");
                keyboard.flush();
            } catch (IOException e) {
                throw new AssertionError("the session has ended: " + screen, e);
            }
            await("echo").atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(() ->
                    assertThat(screen).filteredOn(line -> line.contains(word)).hasSize(2));
        }

        /** Ends the input, and with it the session; returns when the server has said good-bye. */
        public void logout() {
            try {
                keyboard.write('\u0004');
                keyboard.flush();
                assertThat(client.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("%s", screen).isTrue();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            end(client);
        }
    }
}
