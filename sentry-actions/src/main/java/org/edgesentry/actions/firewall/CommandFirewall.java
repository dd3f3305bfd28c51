package org.edgesentry.actions.firewall;

import java.util.ArrayList;
import java.util.List;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.command.CommandResult;
import org.edgesentry.actions.command.CommandRunner;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.text.PrintableText;

/**
 * KILL_ROUTE: the administrator's own command, once a host, through the shell since old files hold {@code &&} and
 * pipes. What replaces {@code $TARGET$}, {@code $PORT$} and {@code $MODE$} is text that this daemon made from numbers
 * and from its own list of modes; no byte of it comes from the network as it is.
 *
 * <p>There is no command to take a block back, so blocks are without end, as they were with PortSentry.
 *
 * <p>Thread: one at a time; one command at a time.
 */
final class CommandFirewall implements Firewall {

    private static final String SHELL = "/bin/sh";

    private final String template;
    private final String mode;
    private final CommandRunner runner;

    CommandFirewall(String template, String mode, CommandRunner runner) {
        if (!mode.matches("[a-z]+")) {
            throw new IllegalArgumentException("no such mode: " + mode);
        }
        this.template = template;
        this.mode = mode;
        this.runner = runner;
    }

    @Override
    public void open() {
        // Whether the command works is seen when it is needed: it must not be run for nobody.
    }

    @Override
    public void block(List<Block> blocks) throws FirewallException {
        List<Cidr> failed = new ArrayList<>();
        String words = "";
        for (Block block : blocks) {
            CommandResult result = runner.run(List.of(SHELL, "-c", command(block)));
            if (!result.succeeded()) {
                words = result.words();
                failed.add(block.target());
            }
        }
        if (!failed.isEmpty()) {
            throw new FirewallException("KILL_ROUTE: " + words, failed);
        }
    }

    private String command(Block block) {
        return template.replace("$TARGET$", block.target().toString())
                .replace("$PORT$", Integer.toString(block.port()))
                .replace("$MODE$", mode);
    }

    @Override
    public void unblock(List<Cidr> targets) throws FirewallException {
        throw new FirewallException("KILL_ROUTE cannot be taken back by the daemon");
    }

    @Override
    public String describe(Block block) {
        return PrintableText.oneLine(command(block), ActionLimits.MESSAGE_CHARS);
    }

    @Override
    public boolean expiresByItself() {
        return false;
    }

    @Override
    public boolean canUnblock() {
        return false;
    }

    @Override
    public void close() {
        // Nothing is held between two commands.
    }
}
