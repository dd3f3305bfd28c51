package org.edgesentry.actions.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.junit.jupiter.api.Test;

class BatchAttemptsTest {

    private final Set<Cidr> refused = new HashSet<>();
    private final Set<Cidr> kernel = new HashSet<>();
    private int transactions;
    private int repairs;
    private boolean broken;

    private final BatchAttempts<Cidr> attempts = new BatchAttempts<>(Function.identity(), this::transact, () -> {
        repairs++;
        broken = false;
    });

    private void transact(List<Cidr> part) throws FirewallException {
        transactions++;
        if (broken || part.stream().anyMatch(refused::contains)) {
            throw new FirewallException("no");
        }
        kernel.addAll(part);
    }

    private static List<Cidr> addresses(int count) {
        return IntStream.range(0, count).mapToObj(i -> Cidr.ofAddress(AddressFamily.IPV4, 0, i)).toList();
    }

    @Test
    void run_goodBatch_isOneTransaction() throws FirewallException {
        attempts.run(addresses(4096));

        assertThat(kernel).hasSize(4096);
        assertThat(transactions).isOne();
    }

    @Test
    void run_rulesAreGone_areMadeAnewFirst() throws FirewallException {
        broken = true;

        attempts.run(addresses(10));

        assertThat(kernel).hasSize(10);
        assertThat(repairs).isOne();
    }

    @Test
    void run_aFewBadElements_onlyTheyFail() {
        List<Cidr> batch = addresses(4096);
        refused.addAll(List.of(batch.get(0), batch.get(777), batch.get(4095)));

        FirewallException fault = catchThrowableOfType(FirewallException.class, () -> attempts.run(batch));

        assertThat(fault.failedOf(batch)).isEqualTo(refused);
        assertThat(kernel).hasSize(4093);
        assertThat(transactions).isLessThan(100);
    }

    @Test
    void run_nothingWorks_givesUpSoon() {
        List<Cidr> batch = addresses(4096);
        refused.addAll(batch);

        FirewallException fault = catchThrowableOfType(FirewallException.class, () -> attempts.run(batch));

        assertThat(fault.failedOf(batch)).hasSize(4096);
        assertThat(fault).hasMessage("no");
        assertThat(transactions).isLessThan(100);
    }
}
