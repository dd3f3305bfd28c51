package org.edgesentry.actions.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgesentry.core.config.ResponseMode;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.Cidr;
import org.junit.jupiter.api.Test;

class FirewallInUseTest {

    private static final Block BLOCK = Blocks.of(Cidr.ofAddress(4, 0, 0xC0000207L), 60);
    private static final Settings.Response RESPONSE = new Settings.Response(ResponseMode.BLOCK, ResponseMode.LOG,
            Optional.empty(), Optional.empty(), Optional.empty(), false);

    private final List<String> calls = new ArrayList<>();
    private final FirewallInUse inUse = new FirewallInUse(new Recorder("first"));

    @Test
    void use_beforeTheRenewal_leavesTheFormerOneOpenAndAtWork() throws FirewallException {
        inUse.use(new Recorder("second"));
        inUse.block(List.of(BLOCK));
        assertThat(calls).containsExactly("first blocks");
    }

    @Test
    void renew_afterUse_closesTheFormerOneAndBlocksWithTheNewer() throws FirewallException {
        inUse.use(new Recorder("second"));
        inUse.renew(RESPONSE);
        inUse.block(List.of(BLOCK));
        assertThat(calls).containsExactly("first closes", "second blocks");
    }

    @Test
    void use_twiceBeforeTheRenewal_closesTheOneThatWasNeverUsed() {
        inUse.use(new Recorder("second"));
        inUse.use(new Recorder("third"));
        assertThat(calls).containsExactly("second closes");
    }

    @Test
    void close_withANewerOneWaiting_closesBoth() {
        inUse.use(new Recorder("second"));
        inUse.close();
        assertThat(calls).containsExactly("first closes", "second closes");
    }

    /** Writes down who is called. */
    private final class Recorder implements Firewall {

        private final String name;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public void open() {
            calls.add(name + " opens");
        }

        @Override
        public void block(List<Block> blocks) {
            calls.add(name + " blocks");
        }

        @Override
        public void unblock(List<Cidr> targets) {
            calls.add(name + " unblocks");
        }

        @Override
        public List<HeldBlock> held() {
            return List.of();
        }

        @Override
        public String describe(Block block) {
            return name;
        }

        @Override
        public boolean expiresByItself() {
            return true;
        }

        @Override
        public void close() {
            calls.add(name + " closes");
        }
    }
}
