package org.edgesentry.netty.daemon.manual;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The parts of a command's definition as text. Thread: any. */
final class CommandText {

    /** More options than this are not listed in a synopsis; an option of more commands is common. */
    private static final int FEW = 6;

    private CommandText() {
    }

    /** The options that are its own: without --help and --version. */
    static List<OptionSpec> options(CommandSpec command) {
        return command.options().stream()
                .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp()).toList();
    }

    /** Options that stand in the definitions of many commands, in the same words: each once. */
    static List<OptionSpec> common(CommandSpec root) {
        Map<String, List<OptionSpec>> byText = root.subcommands().values().stream()
                .flatMap(command -> options(command.getCommandSpec()).stream())
                .collect(Collectors.groupingBy(option -> tag(option) + description(option), LinkedHashMap::new,
                        Collectors.toList()));
        return byText.values().stream().filter(same -> same.size() > FEW).map(same -> same.get(0)).toList();
    }

    /** How it is called, as roff. */
    static String synopsis(CommandSpec command) {
        Stream<String> options = options(command).size() > FEW ? Stream.of("[" + Roff.italic("options") + "]")
                : options(command).stream().map(option -> "[" + Roff.bold(option.names()[0]) + label(option) + "]");
        Stream<String> parameters = command.positionalParameters().stream().map(CommandText::parameter);
        return Stream.of(Stream.of(Roff.bold(command.qualifiedName())), options, parameters).flatMap(part -> part)
                .collect(Collectors.joining(" "));
    }

    private static String parameter(PositionalParamSpec parameter) {
        String text = Roff.italic(parameter.paramLabel()) + (parameter.arity().max() > 1 ? "..." : "");
        return parameter.arity().min() > 0 ? text : "[" + text + "]";
    }

    /** The names of an option and what it takes, as roff. */
    static String tag(OptionSpec option) {
        return Arrays.stream(option.names()).map(Roff::bold).collect(Collectors.joining(", ")) + label(option);
    }

    private static String label(OptionSpec option) {
        return option.arity().max() == 0 ? "" : " " + Roff.italic(option.paramLabel());
    }

    static String description(ArgSpec argument) {
        return words(argument.description());
    }

    static String description(CommandSpec command) {
        return words(command.usageMessage().description());
    }

    /** The lines of picocli as one text; {@code %n} is its line end. */
    private static String words(String... lines) {
        return String.join(" ", lines).replace("%n", " ").replace("%%", "%").strip();
    }
}
