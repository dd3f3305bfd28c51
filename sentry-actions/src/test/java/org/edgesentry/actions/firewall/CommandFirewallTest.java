package org.edgesentry.actions.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.edgesentry.actions.command.CommandRunner;
import org.edgesentry.actions.command.Macros;
import org.edgesentry.core.config.Mode;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandFirewallTest {

    private static CommandFirewall killRoute(String template) {
        return new CommandFirewall(template, new CommandRunner());
    }

    private static Block block(String target) {
        return Blocks.of(CidrParser.parse(target), 3600);
    }

    @Test
    void block_macros_areReplacedAndTheShellRunsIt(@TempDir Path directory) throws Exception {
        Path out = directory.resolve("out");
        CommandFirewall firewall = killRoute("true && echo $TARGET$ $PORT$ $MODE$ | cat >> " + out);

        firewall.block(List.of(block("192.0.2.7"), block("2001:db8::7"),
                new Block(CidrParser.parse("2001:db8:1::/64"), 60,
                        new Macros(CidrParser.parse("2001:db8:1::7"), 23, Mode.ATCP), false)));

        assertThat(out).hasContent("192.0.2.7 111 stealth\n2001:db8::7 111 stealth\n2001:db8:1::7 23 atcp");
    }

    @Test
    void block_oneCommandFails_isNamedAndTheOthersRun(@TempDir Path directory) {
        List<Block> blocks = List.of(block("192.0.2.7"), block("192.0.2.8"), block("192.0.2.9"));
        CommandFirewall firewall = killRoute("[ $TARGET$ != 192.0.2.8 ] || { echo not that one; exit 1; }; touch "
                + directory + "/$TARGET$");

        FirewallException fault = catchThrowableOfType(FirewallException.class, () -> firewall.block(blocks));

        assertThat(fault).hasMessage("KILL_ROUTE: not that one");
        assertThat(fault.failedOf(blocks.stream().map(Block::target).toList()))
                .containsExactly(CidrParser.parse("192.0.2.8"));
        assertThat(Files.exists(directory.resolve("192.0.2.7"))).isTrue();
        assertThat(Files.exists(directory.resolve("192.0.2.9"))).isTrue();
    }

    @Test
    void describe_command_isTheCommandThatIsRun() {
        assertThat(killRoute("/sbin/route add -host $TARGET$ reject\n").describe(block("192.0.2.7")))
                .isEqualTo("/sbin/route add -host 192.0.2.7 reject");
    }
}
