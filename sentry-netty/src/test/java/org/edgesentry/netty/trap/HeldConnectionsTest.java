package org.edgesentry.netty.trap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.Test;

class HeldConnectionsTest {

    private static final Cidr ONE = CidrParser.parse("192.0.2.1");
    private static final Cidr OTHER = CidrParser.parse("192.0.2.2");

    private final List<String> ended = new ArrayList<>();
    private long nowNanos = 1_000;
    private final HeldConnections held = new HeldConnections(4, 2, 100, () -> nowNanos);

    @Test
    void hold_moreThanOneSourceMay_endsTheOldestOfThatSource() {
        hold("other", OTHER);
        hold("first", ONE);
        hold("second", ONE);
        hold("third", ONE);

        assertThat(ended).containsExactly("first");
    }

    @Test
    void hold_moreThanAllMay_endsTheOldestOfAll() {
        for (int host = 1; host <= 5; host++) {
            hold("of " + host, CidrParser.parse("192.0.2." + host));
        }

        assertThat(ended).containsExactly("of 1");
        assertThat(held.size()).isEqualTo(4);
    }

    @Test
    void hold_addressesOfOneIpv6Network_areOneSource() {
        hold("first", CidrParser.parse("2001:db8::1"));
        hold("second", CidrParser.parse("2001:db8::2"));
        hold("third", CidrParser.parse("2001:db8::ffff:3"));

        assertThat(ended).containsExactly("first");
    }

    @Test
    void forget_leavesRoomForAnother() {
        HeldConnection first = hold("first", ONE);
        hold("second", ONE);
        held.forget(first);
        held.forget(first);
        hold("third", ONE);

        assertThat(ended).isEmpty();
    }

    @Test
    void sweep_endsThoseWhoseTimeIsUp() {
        hold("old", ONE);
        nowNanos += 60;
        hold("new", ONE);
        nowNanos += 40;
        held.sweep();

        assertThat(ended).containsExactly("old");
    }

    @Test
    void bound_lowered_endsTheOldest() {
        hold("first", ONE);
        hold("second", OTHER);
        held.bound(1);

        assertThat(ended).containsExactly("first");
    }

    private HeldConnection hold(String name, Cidr source) {
        HeldConnection connection = () -> ended.add(name);
        held.hold(connection, source);
        return connection;
    }
}
