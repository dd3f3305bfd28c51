package org.edgesentry.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LinkTypeTest {

    @ParameterizedTest
    @CsvSource({
        "0, NULL", "1, ETHERNET", "12, RAW", "14, RAW", "101, RAW", "108, LOOP", "113, LINUX_SLL", "228, IPV4",
        "229, IPV6", "276, LINUX_SLL2"})
    void ofDlt_knownNumber_isFound(int dlt, LinkType link) {
        assertThat(LinkType.ofDlt(dlt)).isEqualTo(link);
    }

    @Test
    void ofDlt_unknownNumber_isNull() {
        assertThat(LinkType.ofDlt(127)).isNull();
        assertThat(LinkType.ofDlt(-1)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void dlt_anyLink_isFoundAgain(LinkType link) {
        assertThat(LinkType.ofDlt(link.dlt())).isEqualTo(link);
    }
}
