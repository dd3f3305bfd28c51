package org.edgesentry.actions.respond;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.edgesentry.actions.Requests;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.DistributedScan;
import org.edgesentry.core.probe.ScanKind;
import org.edgesentry.core.probe.ScanType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the log says when a source is judged to scan. */
class VerdictLinesTest extends ResponderFixture {

    /** What other programs look for in the log and in the history. */
    private static final List<Pattern> FILTERS = List.of(
            Pattern.compile("attackalert: (.+) scan from host: [^/]+/(\\S+) to (\\w+) port: (\\d+)"),
            Pattern.compile("Host (\\S+) has been blocked"), Pattern.compile("Host: (\\S+) is already blocked"),
            Pattern.compile("/\\S+ Port: [0-9]+ (TCP|UDP) Blocked$"), Pattern.compile("Scan from: \\["));

    @BeforeEach
    void start() throws IOException {
        open();
    }

    private static ActionRequest scan(String source, ScanKind... kinds) {
        ActionRequest request = Requests.probe("203.0.113.99");
        request.kind = ActionKind.SCAN;
        Cidr address = CidrParser.parse(source);
        for (ScanKind kind : kinds) {
            request.scan.kinds |= kind.bit();
        }
        request.scan.family = address.family();
        request.scan.sourceHi = address.hi();
        request.scan.sourceLo = address.lo();
        request.scan.techniques = 1 << ScanType.TCP_SYN.ordinal();
        request.scan.packets = 14;
        request.scan.ports = 14;
        request.scan.hosts = 1;
        request.scan.failed = 12;
        request.scan.served = 2;
        request.scan.firstNanos = Requests.START_NANOS;
        request.scan.lastNanos = Requests.START_NANOS + TimeUnit.SECONDS.toNanos(400);
        return request;
    }

    private static ActionRequest distributed() {
        ActionRequest request = request(ActionKind.DISTRIBUTED);
        request.distributed = new DistributedScan(IpProtocol.TCP, 22, 4, 0, 0xC000_0201L, 40, 1, 1, 120,
                Requests.START_NANOS, Requests.START_NANOS + TimeUnit.SECONDS.toNanos(60),
                List.of(CidrParser.parse("198.51.100.0/24")));
        return request;
    }

    @Test
    void scan_ofOneSource_isOneLineWithItsReasonAndNoHistory() throws IOException {
        respond(scan("192.0.2.7", ScanKind.VERTICAL, ScanKind.SLOW));
        respond(scan("2001:db8::7", ScanKind.OS_PROBE));

        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(0)).startsWith("INFO attackalert: vertical, slow scan from host: "
                + "192.0.2.7/192.0.2.7: 14 ports of one host: 12 of 14 contacts failed");
        assertThat(log.lines().get(1)).startsWith("INFO attackalert: os-probe scan from host: "
                + "2001:db8::7/2001:db8::7: 14 ports of one host");
        assertThat(history).satisfiesAnyOf(file -> assertThat(file).doesNotExist(),
                file -> assertThat(file).isEmptyFile());
        assertThat(firewall.transactions).isEmpty();
    }

    @Test
    void scan_ofADecoy_saysThatItsAddressIsNotProven() {
        ActionRequest decoy = scan("192.0.2.7", ScanKind.VERTICAL);
        decoy.scan.lookalikes = 9;
        ActionRequest proven = scan("192.0.2.8", ScanKind.VERTICAL);
        proven.scan.lookalikes = 9;
        proven.scan.proven = true;
        respond(decoy, proven);

        assertThat(log.lines().get(0)).contains("192.0.2.7: ").contains("not proven: 9 other sources");
        assertThat(log.lines().get(1)).contains("192.0.2.8: ").contains("proven by a completed handshake")
                .doesNotContain("not proven");
    }

    @Test
    void scan_ofManySources_isOneLineWithoutAHost() {
        respond(distributed());

        assertThat(log.lines()).hasSize(1).first().asString()
                .startsWith("INFO attackalert: distributed scan: 40 sources asked 192.0.2.1 for TCP port 22; ")
                .endsWith("most of them in 198.51.100.0/24");
    }

    @Test
    void scan_thatLeadsToABlock_leavesTheLineAboutTheBlockToTheProbe() {
        ActionRequest probe = Requests.block("203.0.113.99");
        ActionRequest verdict = Requests.block("203.0.113.99");
        verdict.kind = ActionKind.SCAN;
        verdict.scan.copyFrom(scan("203.0.113.99", ScanKind.VERTICAL).scan);
        respond(verdict, probe);

        assertThat(log.lines()).hasSize(3);
        assertThat(log.lines().get(0)).contains("attackalert: vertical scan from host: 203.0.113.99/");
        assertThat(log.lines()).filteredOn(line -> line.contains("Host 203.0.113.99 has been blocked")).hasSize(1);
        assertThat(firewall.transactions).hasSize(1);
    }

    @Test
    void scan_ofTrapsAlone_isSaidByTheProbes() {
        respond(scan("192.0.2.7", ScanKind.TRAP));
        respond(scan("192.0.2.7", ScanKind.TRAP, ScanKind.VERTICAL));

        assertThat(log.lines()).hasSize(1).first().asString().contains("attackalert: trap, vertical scan from host");
    }

    @Test
    void scan_lines_areTakenForNoOtherLineByTheFiltersOfOtherPrograms() {
        for (ScanKind kind : ScanKind.values()) {
            respond(scan("192.0.2.7", kind, ScanKind.SLOW), scan("2001:db8::7", kind, ScanKind.SLOW));
        }
        respond(distributed());

        assertThat(log.lines()).hasSize(2 * ScanKind.values().length + 1).allSatisfy(line ->
                assertThat(FILTERS).noneMatch(filter -> filter.matcher(line).find()));
    }

    @Test
    void scan_ofVeryManySources_isCountedBeyondTheBudget() {
        int sources = 10_000;
        for (int source = 0; source < sources; source++) {
            respond(scan("10.0." + source / 256 + "." + source % 256, ScanKind.VERTICAL));
        }
        respond(Requests.tick(1), Requests.tick(30));
        respond(Requests.tick(62));

        assertThat(log.lines()).filteredOn(line -> line.contains("scan from host")).hasSize(Limits.VERDICT_LINES_BURST);
        assertThat(log.lines()).filteredOn(line -> line.contains("more scans")).containsExactly("INFO attackalert: "
                + (sources - Limits.VERDICT_LINES_BURST) + " more scans were found, without a line each");
    }
}
