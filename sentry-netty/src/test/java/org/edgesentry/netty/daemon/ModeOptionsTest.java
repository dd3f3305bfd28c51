package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ModeOptionsTest {

    @ParameterizedTest
    @CsvSource({
        "'', stealth", "--stealth, stealth", "--connect, connect", "-tcp, tcp", "-udp, udp", "-stcp, stcp",
        "-sudp, sudp", "-atcp, atcp", "-audp, audp", "-tcp -udp, tcp and udp", "-audp -stcp, stcp and audp",
        "-atcp -udp, atcp and udp"})
    void options_makeTheModes(String arguments, String modes) {
        assertThat(options(arguments).modes()).hasToString(modes);
    }

    @ParameterizedTest
    @CsvSource({
        "--stealth --connect, --stealth, --connect", "-tcp -stcp, -tcp, -stcp", "-atcp -tcp, -tcp, -atcp",
        "-sudp -audp, -sudp, -audp", "-tcp --stealth, --stealth, -tcp", "--connect -audp, --connect, -audp"})
    void contradiction_namesBothOptions(String arguments, String one, String other) {
        ModeOptions options = options(arguments);
        assertThatThrownBy(options::modes).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(one + " and " + other + " contradict each other");
    }

    private static ModeOptions options(String arguments) {
        ModeOptions options = new ModeOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("mode",
                CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .parseArgs(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        return options;
    }
}
