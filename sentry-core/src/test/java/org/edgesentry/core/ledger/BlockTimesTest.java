package org.edgesentry.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.edgesentry.core.config.BlockMethod;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.config.Switch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockTimesTest {

    @ParameterizedTest
    @CsvSource({"3600, 2, 604800, 0, 3600", "3600, 2, 604800, 1, 7200", "3600, 2, 604800, 7, 460800",
        "3600, 2, 604800, 8, 604800", "3600, 2, 604800, 2147483647, 604800", "3600, 1, 604800, 9, 3600",
        "0, 2, 604800, 3, 0", "10, 100, 1000, 1, 1000", "31536000, 100, 9223372036, 50, 9223372036"})
    void seconds_afterSoManyBlocks_growByTheFactorUpToTheMaximum(long first, int factor, long max, int before,
                                                                 long expected) {
        BlockTimes times = new BlockTimes(new Settings.Blocking(BlockMethod.AUTO, Duration.ofSeconds(first), factor,
                Duration.ofSeconds(max), 64, 1, 1, false, Switch.AUTO, true, false));

        assertThat(times.seconds(before)).isEqualTo(expected);
    }
}
