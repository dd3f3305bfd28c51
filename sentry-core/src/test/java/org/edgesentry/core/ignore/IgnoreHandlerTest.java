package org.edgesentry.core.ignore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.edgesentry.core.probe.Probes.NOON;

import java.util.List;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PrefixMap;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.Probes;
import org.edgesentry.core.probe.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoreHandlerTest {

    private LeftAlone leftAlone = new LeftAlone(
            mapOf("203.0.113.0/24", "198.51.100.9", "2001:db8:feed::/48"), mapOf("192.0.2.1", "2001:db8::1"), false);
    private final IgnoreHandler handler = new IgnoreHandler(() -> leftAlone);

    @ParameterizedTest
    @CsvSource({
        "203.0.113.200, IGNORED", "198.51.100.9, IGNORED", "2001:db8:feed:1::5, IGNORED",
        "198.51.100.8, PROBE", "2001:db8:feee::5, PROBE"})
    void source_onTheList_isIgnored(String source, Verdict verdict) {
        assertThat(judge(source, ProbeSource.CAPTURE)).isEqualTo(verdict);
    }

    @Test
    void renewal_bringsTheNewList() {
        leftAlone = new LeftAlone(mapOf("198.51.100.8"), mapOf(), false);
        assertThat(judge("198.51.100.8", ProbeSource.CAPTURE)).isEqualTo(Verdict.PROBE);
        ProbeEvent renew = new ProbeEvent();
        renew.kind = EventKind.RENEW;
        handler.handle(renew);

        assertThat(judge("198.51.100.8", ProbeSource.CAPTURE)).isEqualTo(Verdict.IGNORED);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, PROBE", "192.0.2.1, PROBE", "::1, PROBE", "2001:db8::1, PROBE", "224.0.0.1, FORGED",
        "0.0.0.0, FORGED", "203.0.113.1, IGNORED"})
    void ownAddress_whereTheHostMayScanItself_isASourceLikeAnyOther(String source, Verdict verdict) {
        leftAlone = new LeftAlone(leftAlone.ignored(), leftAlone.own(), true);
        ProbeEvent renew = new ProbeEvent();
        renew.kind = EventKind.RENEW;
        handler.handle(renew);

        assertThat(judge(source, ProbeSource.CAPTURE)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "224.0.0.251", "255.255.255.255", "::", "::1", "ff02::1",
        "192.0.2.1", "2001:db8::1", "::2", "::192.0.2.9"})
    void source_thatCannotBeReal_isForged(String source) {
        assertThat(judge(source, ProbeSource.CAPTURE)).isEqualTo(Verdict.FORGED);
    }

    @Test
    void ipv4MappedSource_onTheWire_isForged() {
        ProbeEvent event = Probes.syn("2001:db8::9", 1, NOON);
        event.sourceHi = 0;
        event.sourceLo = 0xFFFF_0A4D_00FEL;
        event.verdict = Verdict.PROBE;
        handler.handle(event);

        assertThat(event.verdict).isEqualTo(Verdict.FORGED);
    }

    @Test
    void ownAddress_thatCompletedAHandshake_isReal() {
        assertThat(judge("127.0.0.1", ProbeSource.TRAP)).isEqualTo(Verdict.PROBE);
    }

    @Test
    void datagram_onATrap_provesNothing() {
        ProbeEvent event = Probes.packet("0.0.0.0", IpProtocol.UDP, 67, NOON);
        event.seenBy = ProbeSource.TRAP;
        event.verdict = Verdict.PROBE;
        handler.handle(event);

        assertThat(event.verdict).isEqualTo(Verdict.FORGED);
    }

    private Verdict judge(String source, ProbeSource seenBy) {
        ProbeEvent event = Probes.syn(source, 1, NOON);
        event.seenBy = seenBy;
        event.verdict = Verdict.PROBE;
        handler.handle(event);
        return event.verdict;
    }

    private static PrefixMap mapOf(String... prefixes) {
        return PrefixMap.of(List.of(prefixes).stream().map(CidrParser::parse).toList());
    }
}
