package org.edgesentry.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SipHashTest {

    /** The example of the paper's appendix A: key 00..0f, message 00..0e. */
    @Test
    void finish_exampleOfThePaper_hasItsResult() {
        SipHash hash = new SipHash(0x0706_0504_0302_0100L, 0x0F0E_0D0C_0B0A_0908L);

        assertThat(hash.begin().add(0x0706_0504_0302_0100L).finish(0x0F0E_0D0C_0B0A_0908L))
                .isEqualTo(0xA129_CA61_49BE_45E5L);
    }

    @Test
    void begin_afterAnotherHash_startsAnew() {
        SipHash hash = new SipHash(1, 2);
        long first = hash.begin().add(3).finish(4);
        hash.begin().add(5).add(6);

        assertThat(hash.begin().add(3).finish(4)).isEqualTo(first);
    }
}
