package org.edgesentry.actions.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.edgesentry.actions.kernel.NamespaceAgent;
import org.edgesentry.actions.kernel.NetworkLab;
import org.edgesentry.actions.kernel.Tools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What the tests of backends have in common: a protected host with a service, which drives its own firewall, and a
 * world outside.
 *
 * <p>Thread: the test's.
 */
@Timeout(120)
abstract class FirewallOnHost {

    protected static final int PORT = 8080;

    protected NetworkLab lab;
    protected NamespaceAgent.Remote host;
    protected NamespaceAgent.Remote outside;

    @BeforeAll
    static void tools() {
        Tools.require("nft", "nftables");
        Tools.require("iptables", "iptables");
        Tools.require("ipset", "ipset");
    }

    @BeforeEach
    void start() {
        lab = new NetworkLab();
        host = lab.onHost();
        outside = lab.outside();
        assertThat(host.ask("serve " + PORT)).isEqualTo("ok");
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    /** Makes the backend of this name, and its rules. */
    protected final void open(String backend) {
        done(host, "make " + backend);
        done(host, "open");
    }

    /** Fails unless the agent has done it. */
    protected static void done(NamespaceAgent.Remote agent, String command) {
        assertThat(agent.ask(command)).as(command).startsWith("ok");
    }

    /** A neighbour that was cut off may take a moment to be found again. */
    protected final void awaitReach(String source) {
        await(source + " reaches the service").atMost(Duration.ofSeconds(10)).until(() -> reaches(source));
    }

    /** Whether this source gets an answer from the service of the protected host. */
    protected final boolean reaches(String source) {
        return outside.reaches(source, source.indexOf(':') < 0 ? NetworkLab.HOST4 : NetworkLab.HOST6, PORT);
    }
}
