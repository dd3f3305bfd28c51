package org.edgesentry.netty.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.netty.lab.Shell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {

    private static final IntPredicate ALL_RUN = pid -> true;
    private static final int SHORT = UtmpFile.SHORT_RECORD;

    @TempDir
    private Path directory;
    private Path utmp;
    private Path logind;

    @BeforeEach
    void nameFiles() {
        utmp = directory.resolve("utmp");
        logind = directory.resolve("sessions");
    }

    @Test
    void read_neitherThere_isEmptyAndNoProblem() {
        assertThat(read(SHORT, ALL_RUN).value()).isEmpty();
        assertThat(read(SHORT, ALL_RUN).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {UtmpFile.SHORT_RECORD, UtmpFile.LONG_RECORD})
    void utmp_usersFromElsewhere_areFoundInOrder(int recordBytes) throws IOException {
        write(new UtmpBuilder(recordBytes).user(1, "2001:db8::7", "2001:db8::7").user(2, "", "")
                .entry(UtmpBuilder.DEAD_PROCESS, 3, "192.0.2.3", "192.0.2.3").user(4, "pc.example.net", "192.0.2.4")
                .entry(2, 0, "6.1.0-amd64", "").user(5, "198.51.100.5", "").user(6, "192.0.2.4", "192.0.2.4"));
        assertThat(read(recordBytes, ALL_RUN).problems()).isEmpty();
        assertThat(found(recordBytes, ALL_RUN)).containsExactly("192.0.2.4", "198.51.100.5", "2001:db8::7");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7", "192.0.2.7 via mosh [4711], 192.0.2.7", "fe80::1%eth0, fe80::1",
        "fe80::1%, fe80::1", "::ffff:192.0.2.7, 192.0.2.7", "2001:DB8::7, 2001:db8::7"})
    void utmp_hostIsAnAddress_isFound(String host, String expected) throws IOException {
        write(new UtmpBuilder(SHORT).user(1, host, ""));
        assertThat(found(SHORT, ALL_RUN)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "dead.beef", "cafe", ":0", ":pts/3:S.0", "tmux(12).%0", "192.0.2.7.example",
        "192.0.2.0/24", "192.0.2.7/32", "0.0.0.0/0", "::/0", "192.0.2.*", "192.0.2.7-9", "10.1", "0x7f.1", "127.0.0.1",
        "127.1.2.3", "0.0.0.0", "255.255.255.255", "224.0.0.1", "::", "::1", "::ffff:127.0.0.1", "ff02::1%eth0",
        "192.0.2.7:10.0", "%", " ", " 192.0.2.7", "...", ":::::", "1.2.3.4.5", "\u00ff\u00fe", "1:2:3:4:5:6:7:8:9"})
    void utmp_hostIsNoAddressOfAnother_isSkipped(String host) throws IOException {
        write(new UtmpBuilder(SHORT).user(1, host, ""));
        assertThat(found(SHORT, ALL_RUN)).isEmpty();
        assertThat(read(SHORT, ALL_RUN).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "0.0.0.1", "239.1.1.1", "255.255.255.255", "::1", "ff02::1"})
    void utmp_bytesAreNoAddressOfAnother_areSkipped(String address) throws IOException {
        write(new UtmpBuilder(SHORT).user(1, "", address));
        assertThat(found(SHORT, ALL_RUN)).isEmpty();
    }

    @Test
    void utmp_mappedBytes_areTheIpv4Address() throws IOException {
        byte[] entry = new UtmpBuilder(SHORT).user(1, "", "2001:db8::1").build();
        Arrays.fill(entry, 348, 364, (byte) 0);
        System.arraycopy(new byte[] {-1, -1, -64, 0, 2, 9}, 0, entry, 358, 6);
        Files.write(utmp, entry);
        assertThat(found(SHORT, ALL_RUN)).containsExactly("192.0.2.9");
    }

    @Test
    void utmp_processIsGone_isSkipped() throws IOException {
        write(new UtmpBuilder(SHORT).user(11, "192.0.2.1", "192.0.2.1").user(12, "192.0.2.2", "192.0.2.2"));
        assertThat(found(SHORT, pid -> pid == 12)).containsExactly("192.0.2.2");
    }

    @Test
    void utmp_processesOfThisMachine_areAskedFor() throws IOException {
        int own = (int) ProcessHandle.current().pid();
        write(new UtmpBuilder(SHORT).user(own, "192.0.2.1", "").user(Integer.MAX_VALUE, "192.0.2.2", "")
                .user(0, "192.0.2.3", "").user(-own, "192.0.2.4", ""));
        assertThat(found(SHORT, Sessions::isRunning)).containsExactly("192.0.2.1");
    }

    @Test
    void utmp_hostWithoutEnd_isNotReadOn() throws IOException {
        byte[] entry = new UtmpBuilder(SHORT).user(1, "9".repeat(256), "").build();
        Files.write(utmp, entry);
        assertThat(found(SHORT, ALL_RUN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {UtmpFile.SHORT_RECORD, UtmpFile.LONG_RECORD})
    void utmp_cutAnywhere_hasItsWholeRecords(int recordBytes) throws IOException {
        byte[] whole = new UtmpBuilder(recordBytes).user(1, "192.0.2.1", "192.0.2.1")
                .user(2, "192.0.2.2", "192.0.2.2").build();
        for (int length = 0; length <= whole.length; length++) {
            Files.write(utmp, Arrays.copyOf(whole, length));
            assertThat(read(recordBytes, ALL_RUN).value()).hasSize(length / recordBytes);
            assertThat(read(recordBytes, ALL_RUN).problems()).isEmpty();
        }
    }

    /** A record that its neighbour's size does not fit is noise as well. */
    @Test
    void utmp_noise_givesSingleAddressesOnly() throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = new byte[random.nextInt(4_000)];
            random.nextBytes(bytes);
            for (int at = 0; at + 2 <= bytes.length; at += random.nextInt(3) == 0 ? 4 : SHORT) {
                bytes[at] = 7;
                bytes[at + 1] = 0;
            }
            Files.write(utmp, bytes);
            assertThat(read(SHORT, ALL_RUN).value()).allMatch(Cidr::isSingleAddress);
            assertThat(read(UtmpFile.LONG_RECORD, ALL_RUN).value()).allMatch(Cidr::isSingleAddress);
        }
    }

    @Test
    void utmp_moreSessionsThanAreRead_isSaidOnce() throws IOException {
        UtmpBuilder builder = new UtmpBuilder(SHORT);
        for (int i = 0; i < Limits.REMOTE_SESSIONS + 10; i++) {
            builder.user(1, "", "10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256);
        }
        write(builder);
        assertThat(read(SHORT, ALL_RUN).value()).hasSize(Limits.REMOTE_SESSIONS);
        assertThat(read(SHORT, ALL_RUN).problems()).containsExactly(utmp
                + " holds more than is read of it: list addresses that must not be blocked in IGNORE_FILE");
    }

    @Test
    void utmp_moreBytesThanAreRead_isSaidOnce() throws IOException {
        Files.write(utmp, Arrays.copyOf(new UtmpBuilder(SHORT).user(1, "", "192.0.2.1").build(),
                Limits.UTMP_BYTES + 1));
        assertThat(found(SHORT, ALL_RUN)).containsExactly("192.0.2.1");
        assertThat(read(SHORT, ALL_RUN).problems()).hasSize(1);
    }

    @Test
    void utmp_noOrdinaryFile_isOneProblemAndNeverWaitedFor() throws IOException {
        Shell.run("mkfifo " + utmp);
        assertThat(read(SHORT, ALL_RUN).problems())
                .containsExactly(utmp + " cannot be read: it is no ordinary file");
        Files.delete(utmp);
        Files.createSymbolicLink(utmp, Path.of("/dev/zero"));
        assertThat(read(SHORT, ALL_RUN).problems()).hasSize(1);
        Files.delete(utmp);
        Files.createDirectory(utmp);
        assertThat(read(SHORT, ALL_RUN).problems()).hasSize(1);
    }

    @Test
    void utmp_linkToAFile_isRead() throws IOException {
        Path elsewhere = Files.write(directory.resolve("elsewhere"),
                new UtmpBuilder(SHORT).user(1, "192.0.2.1", "").build());
        Files.createSymbolicLink(utmp, elsewhere);
        assertThat(found(SHORT, ALL_RUN)).containsExactly("192.0.2.1");
    }

    @Test
    void utmp_linkToNothing_isNoProblem() throws IOException {
        Files.createSymbolicLink(utmp, directory.resolve("absent"));
        assertThat(read(SHORT, ALL_RUN).problems()).isEmpty();
    }

    @Test
    void logind_sessionsFromElsewhere_areFoundBesideUtmp() throws IOException {
        write(new UtmpBuilder(SHORT).user(1, "192.0.2.9", "192.0.2.9"));
        session("1", "UID=0\nSTATE=active\nREMOTE=1\nREMOTE_HOST=192.0.2.1\nLEADER=12\n");
        session("2", "STATE=online\nREMOTE_HOST=\"fe80::2%eth0\"\nREMOTE=1\n");
        session("c3", "STATE=active\nREMOTE=1\nREMOTE_HOST=192.0.2.9\n");
        assertThat(found(SHORT, ALL_RUN)).containsExactly("192.0.2.1", "192.0.2.9", "fe80::2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STATE=closing\nREMOTE=1\nREMOTE_HOST=192.0.2.1\n",
        "REMOTE=1\nREMOTE_HOST=192.0.2.1\nSTATE=closing\n", "REMOTE=0\nREMOTE_HOST=192.0.2.1\n",
        "REMOTE_HOST=192.0.2.1\n", "REMOTE=1\n", "REMOTE=1\nREMOTE_HOST=\n", "REMOTE=1\nREMOTE_HOST=pc.example.net\n",
        "REMOTE=1\nREMOTE_HOST=0.0.0.0/0\n", "REMOTE=1\nREMOTE_HOST=::1\n", "XREMOTE=1\nREMOTE_HOST=192.0.2.1", ""})
    void logind_noSessionFromElsewhere_isSkipped(String content) throws IOException {
        session("1", content);
        assertThat(found(SHORT, ALL_RUN)).isEmpty();
        assertThat(read(SHORT, ALL_RUN).problems()).isEmpty();
    }

    @Test
    void logind_fifoLinkDirectoryAndHugeFile_areNoSessions() throws IOException {
        session("1", "REMOTE=1\nREMOTE_HOST=192.0.2.1\n");
        Shell.run("mkfifo " + logind.resolve("1.ref"));
        Files.createSymbolicLink(logind.resolve("2"), logind.resolve("1.ref"));
        Files.createSymbolicLink(logind.resolve("3"), Path.of("/dev/zero"));
        Files.createDirectory(logind.resolve("4"));
        assertThat(read(SHORT, ALL_RUN).problems()).isEmpty();
        session("5", "#".repeat(Limits.SESSION_FILE_BYTES) + "\nREMOTE=1\nREMOTE_HOST=192.0.2.5\n");
        assertThat(found(SHORT, ALL_RUN)).containsExactly("192.0.2.1");
        assertThat(read(SHORT, ALL_RUN).problems()).hasSize(1);
    }

    @Test
    void logind_noise_givesSingleAddressesOnly() throws IOException {
        Random random = new Random(12);
        List<String> words = List.of("REMOTE=1", "REMOTE_HOST=", "STATE=", "\n", "\n", "192.0.2.1", "::", "/0", "%",
                "\"", "closing", "\0", "1");
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i >= 0; i--) {
                text.append(words.get(random.nextInt(words.size())));
            }
            session("1", text.toString());
            assertThat(read(SHORT, ALL_RUN).value()).allMatch(Cidr::isSingleAddress);
        }
    }

    @Test
    void logind_moreFilesThanAreRead_isSaid() throws IOException {
        for (int i = 0; i <= 2 * Limits.REMOTE_SESSIONS; i++) {
            session(String.valueOf(i), "");
        }
        assertThat(read(SHORT, ALL_RUN).problems()).hasSize(1).first().asString().startsWith(logind + " holds more");
    }

    @Test
    void logind_isAFile_isOneProblem() throws IOException {
        Files.writeString(logind, "");
        assertThat(read(SHORT, ALL_RUN).problems()).hasSize(1).first().asString().startsWith(logind
                + " cannot be read: ");
    }

    /** The size of utmp stays when a terminal is taken by the next user, and so may its time. */
    @Test
    void read_recordOverwritten_isSeenWhateverTheTimeSays() throws IOException {
        Sessions sessions = new Sessions(utmp, SHORT, ALL_RUN, logind);
        write(new UtmpBuilder(SHORT).user(1, "192.0.2.1", ""));
        FileTime time = Files.getLastModifiedTime(utmp);
        assertThat(sessions.read().value()).hasToString("[192.0.2.1]");
        write(new UtmpBuilder(SHORT).user(1, "192.0.2.2", ""));
        Files.setLastModifiedTime(utmp, time);
        assertThat(sessions.read().value()).hasToString("[192.0.2.2]");
        assertThat(sessions.read().value()).hasToString("[192.0.2.2]");
        write(new UtmpBuilder(SHORT).user(1, "192.0.2.3", ""));
        Files.setLastModifiedTime(utmp, FileTime.from(time.toInstant().plusMillis(10)));
        assertThat(sessions.read().value()).hasToString("[192.0.2.3]");
        Files.delete(utmp);
        assertThat(sessions.read().value()).isEmpty();
    }

    @Test
    void read_processEndsAndUtmpStays_isSeen() throws IOException {
        Set<Integer> running = new HashSet<>(Set.of(1, 2));
        Sessions sessions = new Sessions(utmp, SHORT, running::contains, logind);
        write(new UtmpBuilder(SHORT).user(1, "192.0.2.1", "").user(2, "192.0.2.2", ""));
        for (int look = 0; look < 3; look++) {
            assertThat(sessions.read().value()).hasToString("[192.0.2.1, 192.0.2.2]");
        }
        running.remove(1);
        assertThat(sessions.read().value()).hasToString("[192.0.2.2]");
    }

    @Test
    void read_sessionReplacedAndRemoved_isSeen() throws IOException {
        Sessions sessions = new Sessions(utmp, SHORT, ALL_RUN, logind);
        assertThat(sessions.read().value()).isEmpty();
        session("1", "REMOTE=1\nREMOTE_HOST=192.0.2.1\nSTATE=active\n");
        Files.setLastModifiedTime(logind, FileTime.fromMillis(0));
        for (int look = 0; look < 3; look++) {
            assertThat(sessions.read().value()).hasToString("[192.0.2.1]");
        }
        Path newer = Files.writeString(logind.resolve(".#1"), "REMOTE=1\nREMOTE_HOST=192.0.2.1\nSTATE=closing\n");
        Files.move(newer, logind.resolve("1"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(sessions.read().value()).isEmpty();
        session("2", "REMOTE=1\nREMOTE_HOST=192.0.2.2\nSTATE=active\n");
        assertThat(sessions.read().value()).hasToString("[192.0.2.2]");
    }

    @Test
    void thisMachine_isReadWithoutProblem() {
        assertThat(Sessions.ofThisMachine().read().value()).allMatch(Cidr::isSingleAddress);
        assertThat(Sessions.ofThisMachine().read().problems()).isEmpty();
    }

    private Reading<List<Cidr>> read(int recordBytes, IntPredicate isRunning) {
        return new Sessions(utmp, recordBytes, isRunning, logind).read();
    }

    private List<String> found(int recordBytes, IntPredicate isRunning) {
        return read(recordBytes, isRunning).value().stream().map(Cidr::toString).toList();
    }

    private void write(UtmpBuilder builder) throws IOException {
        Files.write(utmp, builder.build());
    }

    private void session(String id, String content) throws IOException {
        Files.createDirectories(logind);
        Files.writeString(logind.resolve(id), content);
    }
}
