package org.edgesentry.actions.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReverseLookupTest {

    private static final Cidr SCANNER = CidrParser.parse("192.0.2.7");

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private ReverseLookup names;

    @AfterEach
    void stop() {
        names.close();
    }

    private void open(Function<Cidr, String> resolver) {
        names = new ReverseLookup(source -> {
            asked.incrementAndGet();
            return resolver.apply(source);
        }, nanos::get);
    }

    private String awaitName(Cidr source) {
        return await().until(() -> names.find(source), name -> name.isPresent()).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"scanner.example, scanner.example", "a b;$(reboot)`x`|'\"/.example, abrebootx.example",
        "'new\nline\u001b[31m\u202e', newline31m", "[], 192.0.2.7", "'', 192.0.2.7", "x_y-z, x_y-z"})
    void find_anyName_onlyHarmlessCharactersSurvive(String answer, String name) {
        open(source -> answer);

        assertThat(names.find(SCANNER)).isEmpty();
        assertThat(awaitName(SCANNER)).isEqualTo(name);
    }

    @Test
    void find_nameWithoutEnd_isCut() {
        open(source -> "a".repeat(100_000));

        assertThat(awaitName(SCANNER)).hasSize(ActionLimits.NAME_CHARS);
    }

    @Test
    void find_again_isAnsweredFromMemoryUntilItsTimeIsOver() {
        open(source -> "scanner.example");
        awaitName(SCANNER);
        nanos.addAndGet(Duration.ofMinutes(59).toNanos());
        assertThat(names.find(SCANNER)).contains("scanner.example");
        assertThat(asked).hasValue(1);

        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        awaitName(SCANNER);

        assertThat(asked).hasValue(2);
    }

    @Test
    void find_hostWithoutName_isNotAskedForAgainForAWhile() {
        open(source -> "");
        awaitName(SCANNER);
        nanos.addAndGet(Duration.ofMinutes(9).toNanos());
        assertThat(names.find(SCANNER)).contains("192.0.2.7");
        assertThat(asked).hasValue(1);
    }

    @Test
    void find_resolverThrows_hasNoNameAndOthersHave() {
        open(source -> {
            if (source.equals(SCANNER)) {
                throw new IllegalArgumentException("what a name");
            }
            return "other.example";
        });

        assertThat(awaitName(SCANNER)).isEqualTo("192.0.2.7");
        assertThat(awaitName(CidrParser.parse("192.0.2.8"))).isEqualTo("other.example");
    }

    @Test
    void find_resolverNeverAnswers_lookupsAreBoundedAndAddressesStandForNames() {
        CountDownLatch never = new CountDownLatch(1);
        open(source -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "";
        });
        int bound = ActionLimits.NAME_THREADS + ActionLimits.NAME_LOOKUPS_WAITING;
        for (int i = 0; i < bound; i++) {
            assertThat(names.find(Cidr.ofAddress(4, 0, 0x0B00_0000L + i))).isEmpty();
        }

        assertThat(names.find(SCANNER)).contains("192.0.2.7");
        assertThat(asked).hasValueLessThanOrEqualTo(ActionLimits.NAME_THREADS);
    }

    @Test
    void nameOf_loopback_isWhatTheMachineSays() {
        open(SystemResolver::nameOf);

        assertThat(SystemResolver.nameOf(CidrParser.parse("127.0.0.1"))).isEqualTo("localhost");
        assertThat(awaitName(CidrParser.parse("127.0.0.1"))).isEqualTo("localhost");
    }
}
