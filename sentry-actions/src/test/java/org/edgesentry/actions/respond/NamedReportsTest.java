package org.edgesentry.actions.respond;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.LogCapture;
import org.edgesentry.actions.Requests;
import org.edgesentry.actions.history.BlockState;
import org.edgesentry.actions.history.Portsentry2Format;
import org.edgesentry.actions.names.HostNames;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.net.Cidr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedReportsTest implements HostNames {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    private Path directory;
    private final LogCapture log = new LogCapture();
    private final Map<String, String> names = new HashMap<>();
    private final NamedReports reports = new NamedReports(this, new ReportWriter(
            new Portsentry2Format(ZoneOffset.UTC), Optional.empty(), LogManager.getLogger("edgesentry.alert")));

    @AfterEach
    void stop() {
        log.close();
    }

    @Override
    public Optional<String> find(Cidr source) {
        return Optional.ofNullable(names.get(source.toString()));
    }

    @Override
    public void close() {
    }

    private void add(String source, long epochNanos) {
        reports.add(new Report(Requests.probe(source), BlockState.UNDECIDED, List.of(), false, false), epochNanos);
    }

    /** Address and name of each line so far. */
    private List<String> sources() {
        return log.lines().stream().map(line -> line.replaceAll(".*from: \\[(.*?)\\] \\((.*?)\\).*", "$1 $2")).toList();
    }

    @Test
    void add_nameIsKnown_isWrittenAtOnce() {
        names.put("192.0.2.7", "seven.example");

        add("192.0.2.7", 0);

        assertThat(sources()).containsExactly("192.0.2.7 seven.example");
    }

    @Test
    void add_nameComesLater_linesKeepTheirOrder() {
        names.put("192.0.2.8", "eight.example");
        add("192.0.2.7", 0);
        add("192.0.2.8", 1);
        reports.writeReady(SECOND / 2);
        assertThat(sources()).isEmpty();

        names.put("192.0.2.7", "seven.example");
        reports.writeReady(SECOND / 2);

        assertThat(sources()).containsExactly("192.0.2.7 seven.example", "192.0.2.8 eight.example");
    }

    @Test
    void writeReady_nameNeverComes_addressStandsForIt() {
        add("192.0.2.7", 0);
        add("192.0.2.8", SECOND / 2);

        reports.writeReady(SECOND);
        assertThat(sources()).containsExactly("192.0.2.7 192.0.2.7");
        reports.writeReady(2 * SECOND);

        assertThat(sources()).containsExactly("192.0.2.7 192.0.2.7", "192.0.2.8 192.0.2.8");
    }

    @Test
    void writeReady_clockStepsBack_nothingWaitsForIt() {
        add("192.0.2.7", 100 * SECOND);

        reports.writeReady(SECOND);

        assertThat(sources()).hasSize(1);
    }

    @Test
    void add_moreThanTheBound_oldestLeaveWithTheirAddress() {
        for (int i = 0; i < ActionLimits.REPORTS_WAITING + 5; i++) {
            add("192.0.2.7", 0);
        }
        assertThat(sources()).hasSize(5).containsOnly("192.0.2.7 192.0.2.7");

        reports.writeAll();

        assertThat(sources()).hasSize(ActionLimits.REPORTS_WAITING + 5);
    }

    @Test
    void add_slotIsReused_reportHoldsACopy() {
        ActionRequest slot = Requests.probe("192.0.2.7");
        reports.add(new Report(slot, BlockState.UNDECIDED, List.of(), false, false), 0);
        slot.sourceLo++;

        reports.writeAll();

        assertThat(sources()).containsExactly("192.0.2.7 192.0.2.7");
    }

    @Test
    void add_restOfAllHosts_waitsForNoName() {
        ActionRequest rest = Requests.closing("192.0.2.7", 500, 500);
        rest.closingHosts = 400;

        reports.add(new Report(rest, BlockState.UNDECIDED, List.of(), false, false), 0);

        assertThat(log.lines()).singleElement().asString().contains("500 probes of up to 400 more hosts");
    }
}
