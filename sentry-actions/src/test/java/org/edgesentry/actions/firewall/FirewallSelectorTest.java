package org.edgesentry.actions.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.edgesentry.actions.TestSettings;
import org.edgesentry.actions.command.ProgramPath;
import org.edgesentry.core.config.BlockMethod;
import org.junit.jupiter.api.Test;

/** What needs no kernel; the rest is in {@link NftablesFirewallIT}. */
class FirewallSelectorTest {

    private static FirewallSelector.Selection select(BlockMethod method, String killRoute) throws FirewallException {
        ProgramPath bareMachine = new ProgramPath(List.of());
        return new FirewallSelector(TestSettings.blocking(method), TestSettings.response(killRoute), 0,
                bareMachine).select();
    }

    @Test
    void select_besideMoreSocketsThanSelectKnows_leavesLibnftablesAlone() {
        FirewallSelector selector = new FirewallSelector(TestSettings.blocking(BlockMethod.NFTABLES),
                TestSettings.response(""), 1_100, new ProgramPath(List.of()));

        assertThatThrownBy(selector::select).isInstanceOf(FirewallException.class)
                .hasMessageContaining("nftables in process is not used beside 1100 sockets");
    }

    @Test
    void select_autoWithKillRoute_takesKillRoute() throws FirewallException {
        FirewallSelector.Selection selection = select(BlockMethod.AUTO, "/sbin/route add $TARGET$");

        assertThat(selection.firewall()).isInstanceOf(CommandFirewall.class);
        assertThat(selection.text())
                .isEqualTo("scanners are blocked by KILL_ROUTE (BLOCK_METHOD auto, KILL_ROUTE is set)");
        assertThat(selection.degraded()).isFalse();
    }

    @Test
    void select_toolIsMissing_namesThePackage() {
        assertThatThrownBy(() -> select(BlockMethod.IPTABLES, "")).isInstanceOf(FirewallException.class)
                .hasMessage("BLOCK_METHOD iptables cannot be used: ipset is not installed (Debian package ipset); "
                        + "iptables is not installed (Debian package iptables)");
        assertThatThrownBy(() -> select(BlockMethod.ROUTE, "")).isInstanceOf(FirewallException.class)
                .hasMessage("BLOCK_METHOD route cannot be used: ip is not installed (Debian package iproute2)");
    }

    @Test
    void select_commandWithoutKillRoute_isAnError() {
        assertThatThrownBy(() -> select(BlockMethod.COMMAND, "")).isInstanceOf(FirewallException.class)
                .hasMessage("BLOCK_METHOD command cannot be used: KILL_ROUTE is not set");
    }

    @Test
    void select_none_blocksNobodyAndSaysSo() throws FirewallException {
        FirewallSelector.Selection selection = select(BlockMethod.NONE, "");

        assertThat(selection.firewall().isDryRun()).isTrue();
        assertThat(selection.text()).isEqualTo("nobody is blocked (BLOCK_METHOD none)");
        assertThat(selection.degraded()).isFalse();
    }
}
