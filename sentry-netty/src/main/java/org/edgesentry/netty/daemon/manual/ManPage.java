package org.edgesentry.netty.daemon.manual;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The manual page sentry(8), in the macros of man(7), made from the definitions that the command line itself is read
 * with.
 *
 * <p>Thread: any.
 */
public final class ManPage {

    private static final int SECTION = 8;
    /** When a command or an option last changed its meaning. */
    private static final String DATE = "2026-11-26";

    private static final Map<String, String> FILES = sorted(
            "/etc/edge-sentry/portsentry.conf", "The configuration, if there is none beside the launcher.",
            "/run/edge-sentry.sock", "The socket of the running daemon (CONTROL_SOCKET), for root and its own user.",
            "/run/edge-sentry.sock.lock", "Locked while a daemon runs.",
            "/var/lib/edge-sentry", "What is kept from one start to the next (STATE_DIR).");

    private static final Map<String, String> ENVIRONMENT = sorted(
            "COLUMNS", "The width of tables. Without it that of the terminal, else 100.",
            "JAVA_HOME", "The Java to run with.",
            "NO_COLOR", "If set and not empty, no colours.");

    private static final List<String> EXAMPLES = List.of("sentry check", "sentry run --connect",
            "sentry replay --home 192.0.2.0/24 monday.pcap", "sentry blocks",
            "sentry block 192.0.2.7 --for 15m", "sentry blocks --json | jq -r '.blocks[].target'");

    private ManPage() {
    }

    /** The page of a command and its subcommands; hidden ones have a part too. */
    public static String of(CommandSpec root, String version) {
        Roff page = new Roff().title(root.name().toUpperCase(Locale.ROOT), SECTION, DATE,
                "Edge Sentry " + version, "System Administration");
        page.section("NAME").raw(Roff.escaped(root.name()) + " \\- " + Roff.escaped(summary(root)));
        synopsis(page, root);
        page.section("DESCRIPTION").text(CommandText.description(root));
        Arrays.stream(root.usageMessage().footer()).filter(line -> !line.isBlank()).forEach(page::text);
        page.section("COMMANDS");
        Set<String> common = CommandText.common(root).stream().map(CommandText::tag).collect(Collectors.toSet());
        root.subcommands().values().forEach(command -> command(page, command.getCommandSpec(), common));
        page.section("COMMON OPTIONS");
        CommandText.common(root).forEach(option -> option(page, option));
        root.options().forEach(option -> option(page, option));
        listed(page, "EXIT STATUS", root.usageMessage().exitCodeList());
        listed(page, "FILES", FILES);
        listed(page, "ENVIRONMENT", ENVIRONMENT);
        page.section("EXAMPLES").lines(EXAMPLES);
        page.section("SEE ALSO").raw(".BR nft (8),").raw(".BR fail2ban\\-client (1)");
        return page.toString();
    }

    /** What stands behind the name begins small, and has no full stop: whatis(1) shows it in a list. */
    private static String summary(CommandSpec root) {
        String text = CommandText.description(root);
        return Character.toLowerCase(text.charAt(0)) + text.substring(1).replaceAll("\\.$", "");
    }

    private static void synopsis(Roff page, CommandSpec root) {
        page.section("SYNOPSIS");
        String gap = "";
        for (CommandLine command : root.subcommands().values()) {
            page.raw(gap + CommandText.synopsis(command.getCommandSpec()));
            gap = ".br\n";
        }
    }

    private static void command(Roff page, CommandSpec command, Set<String> common) {
        page.part(command.qualifiedName()).text(CommandText.description(command));
        command.positionalParameters().forEach(parameter -> page.item(Roff.italic(parameter.paramLabel()),
                CommandText.description(parameter)));
        CommandText.options(command).stream().filter(option -> !common.contains(CommandText.tag(option)))
                .forEach(option -> option(page, option));
        Map<String, String> statuses = command.usageMessage().exitCodeList();
        if (!statuses.isEmpty()) {
            page.paragraph("Exit status: " + String.join("; ", statuses.entrySet().stream()
                    .map(status -> status.getKey() + " " + status.getValue()).toList()) + ".");
        }
        List<String> footer = Arrays.stream(command.usageMessage().footer()).filter(l -> !l.isBlank()).toList();
        if (!footer.isEmpty()) {
            page.raw(".PP").lines(footer);
        }
    }

    private static void option(Roff page, OptionSpec option) {
        page.item(CommandText.tag(option), CommandText.description(option));
    }

    private static void listed(Roff page, String heading, Map<String, String> items) {
        page.section(heading);
        items.forEach((tag, text) -> page.item(Roff.bold(tag), text));
    }

    private static Map<String, String> sorted(String... tagsAndTexts) {
        Map<String, String> items = new TreeMap<>();
        for (int i = 0; i < tagsAndTexts.length; i += 2) {
            items.put(tagsAndTexts[i], tagsAndTexts[i + 1]);
        }
        return items;
    }
}
