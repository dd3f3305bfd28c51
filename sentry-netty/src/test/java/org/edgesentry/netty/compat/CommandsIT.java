package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.edgesentry.netty.lab.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** KILL_ROUTE, KILL_RUN_CMD and KILL_HOSTS_DENY: what they leave behind, and in which order. */
class CommandsIT extends BlackBox {

    /** A script that notes its words in one file with the others. */
    private Path noting(String name) {
        return setup.script(name, "echo \"" + name + " $*\" >> " + directory + "/order");
    }

    @ParameterizedTest
    @CsvSource({"--connect, connect, TCP", "--connect, connect, UDP", "--stealth, stealth, TCP",
        "--stealth, stealth, UDP", "-tcp, tcp, TCP", "-udp, udp, UDP", "-stcp, stcp, TCP", "-sudp, sudp, UDP",
        "-atcp, atcp, TCP", "-audp, audp, UDP"})
    void macros_areReplacedInEveryMode(String option, String mode, String protocol) {
        setup.set("BLOCK_" + protocol, "1").set("KILL_ROUTE", noting("route") + " $TARGET$ $PORT$ $MODE$")
                .set("KILL_RUN_CMD", noting("command") + " $TARGET$ $PORT$ $MODE$");
        try (Sensor sensor = setup.start(option)) {
            if (protocol.equals("TCP")) {
                scanner.connect(11);
            } else {
                scanner.datagram(11);
            }
            sensor.awaitLine("order", "^route " + scanner.v4() + " 11 " + mode + "$");
            sensor.awaitLine("order", "^command " + scanner.v4() + " 11 " + mode + "$");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, route, command", "1, command, route"})
    void killRunCmdFirst_ordersCommandAndRoute(String first, String one, String other) {
        setup.set("BLOCK_TCP", "1").set("KILL_RUN_CMD_FIRST", first)
                .set("KILL_ROUTE", noting("route") + " $TARGET$")
                .set("KILL_RUN_CMD", noting("command") + " $TARGET$ $PORT$");
        try (Sensor sensor = setup.start("--connect")) {
            scanner.nmap("-sT -p 11");
            sensor.awaitLine("order", "^route " + scanner.v4() + "$");
            sensor.awaitLine("order", "^command " + scanner.v4() + " 11$");
            assertThat(sensor.lines("order")).extracting(line -> line.split(" ")[0]).containsExactly(one, other);

            String route = Expected.blockedByRoute(scanner.v4(), directory + "/route " + scanner.v4());
            String command = Expected.commandRun(scanner.v4(), directory + "/command " + scanner.v4() + " 11");
            sensor.awaitConsole(route);
            sensor.awaitConsole(command);
            assertThat(sensor.console(route + "|" + command)).extracting(line -> line.contains("has been blocked"))
                    .containsExactly(first.equals("0"), first.equals("1"));
        }
    }

    @Test
    void ipv6Scanner_standsInItsOwnFormInCommands() {
        setup.set("BLOCK_TCP", "1").set("KILL_RUN_CMD", noting("command") + " $TARGET$ $PORT$");
        try (Sensor sensor = setup.start("--stealth")) {
            scanner.nmap6("-sS -p 11");
            sensor.awaitLine("order", "^command " + scanner.v6() + " 11$");
            sensor.awaitConsole(Expected.commandRun(scanner.v6(), directory + "/command " + scanner.v6() + " 11"));
        }
    }

    @Test
    void killRoute_thatFails_isToldAndNotTakenForABlock() {
        Path route = setup.script("route", "echo no such table >&2; exit 3");
        setup.set("BLOCK_TCP", "1").set("KILL_ROUTE", route + " $TARGET$")
                .set("KILL_RUN_CMD", noting("command") + " $TARGET$");
        try (Sensor sensor = setup.start("--connect")) {
            scanner.nmap("-sT -p 11");
            sensor.awaitConsole(scanner.v4() + ".*no such table");
            sensor.awaitLine("order", "^command " + scanner.v4() + "$");
            assertThat(sensor.console("has been blocked")).isEmpty();
            assertThat(sensor.blocked()).isEmpty();
        }
    }

    @Test
    void shellOfTheAdministrator_works() {
        setup.set("BLOCK_TCP", "1").set("KILL_RUN_CMD",
                "test -n '$TARGET$' && echo $TARGET$ | tr . _ > " + directory + "/out; env > " + directory + "/env");
        try (Sensor sensor = setup.start("--connect")) {
            scanner.nmap("-sT -p 11");
            sensor.awaitLine("out", "^" + scanner.v4().replace('.', '_') + "$");
            sensor.awaitLine("env", "^PATH=");
            assertThat(sensor.lines("env")).as("nothing of our environment")
                    .noneMatch(line -> line.matches("(JAVA_HOME|USER|HOME|MAVEN_\\w+)=.*"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--connect", "-stcp"})
    void hostsDeny_getsOneLinePerHostAndKeepsWhatIsThere(String mode) throws IOException {
        Path deny = prepareHostsDeny("# kept\nALL: 192.0.2.1");
        Path route = setup.script("route", "exit 0");
        setup.set("BLOCK_TCP", "1").set("KILL_HOSTS_DENY", "ALL: $TARGET$").set("KILL_ROUTE", route + " $TARGET$");
        for (int run = 0; run < 2; run++) {
            // A ledger of its own each: else the second run knows that the host is blocked.
            setup.set("STATE_DIR", directory.resolve("state" + run).toString());
            try (Sensor sensor = setup.start(mode)) {
                scanner.nmap("-sT -p 11");
                sensor.awaitConsole(Expected.blockedByRoute(scanner.v4(), ".*"));
                if (run == 0) {
                    sensor.awaitConsole(Expected.blockedByWrappers(scanner.v4(), "ALL: " + scanner.v4()));
                }
                assertThat(sensor.terminate()).isZero();
            }
            assertThat(Files.readAllLines(deny)).as("after run %d", run)
                    .containsExactly("# kept", "ALL: 192.0.2.1", "ALL: " + scanner.v4());
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(deny))).isEqualTo("rw-r-----");
        assertThat(Files.getAttribute(deny, "unix:gid")).isEqualTo(4);
    }

    private Path prepareHostsDeny(String content) throws IOException {
        Path deny = Files.writeString(setup.ownEtc().resolve("hosts.deny"), content);
        Shell.run("chmod 640 " + deny);
        Shell.run("chown root:4 " + deny);
        return deny;
    }

    @Test
    void hostsDeny_comesBeforeTheRoute() throws IOException {
        prepareHostsDeny("");
        Path route = setup.script("route", "cat /etc/hosts.deny > " + directory + "/seen");
        setup.set("BLOCK_TCP", "1").set("KILL_HOSTS_DENY", "ALL: $TARGET$").set("KILL_ROUTE", route + " $TARGET$");
        try (Sensor sensor = setup.start("--connect")) {
            scanner.nmap("-sT -p 11");
            sensor.awaitLine("seen", "^ALL: " + scanner.v4() + "$");
        }
    }

    @Test
    void hostsDeny_thatIsASymlink_isNotFollowed() throws IOException {
        Path precious = Files.writeString(directory.resolve("precious"), "as it was\n");
        Path deny = setup.ownEtc().resolve("hosts.deny");
        Files.deleteIfExists(deny);
        Files.createSymbolicLink(deny, precious);
        setup.set("BLOCK_TCP", "1").set("KILL_HOSTS_DENY", "ALL: $TARGET$");
        try (Sensor sensor = setup.start("--connect")) {
            scanner.nmap("-sT -p 11");
            sensor.awaitConsole("hosts\\.deny.*sym(bolic )?link");
            sensor.awaitInFirewall(scanner.v4());
            assertThat(sensor.console("via wrappers")).isEmpty();
        }
        assertThat(precious).hasContent("as it was");
        assertThat(deny).isSymbolicLink();
    }

    @Test
    void hostsDeny_hasIpv6InBrackets() throws IOException {
        Path deny = prepareHostsDeny("");
        setup.set("BLOCK_TCP", "1").set("KILL_HOSTS_DENY", "ALL: $TARGET$");
        try (Sensor sensor = setup.start("--stealth")) {
            scanner.nmap6("-sS -p 11");
            sensor.awaitConsole("has been blocked via wrappers with string: \"ALL: \\[" + scanner.v6() + "\\]\"");
            assertThat(Files.readAllLines(deny)).isEqualTo(List.of("ALL: [" + scanner.v6() + "]"));
        }
    }
}
