package org.edgesentry.actions.firewall;

import java.util.ArrayList;
import java.util.List;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.command.CommandResult;
import org.edgesentry.actions.command.CommandRunner;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.text.PrintableText;

/**
 * KILL_ROUTE: the administrator's own command, once a host. It gets a single address, for IPv6 too: commands of old
 * files know no prefix.
 *
 * <p>There is no command to take a block back, so blocks are without end, as they were with PortSentry.
 *
 * <p>Thread: {@link #block} by the command lane, one command at a time; the others by the action worker.
 */
final class CommandFirewall implements Firewall {

    private final CommandRunner runner;
    private volatile String template;

    CommandFirewall(String template, CommandRunner runner) {
        this.template = template;
        this.runner = runner;
    }

    @Override
    public void open() {
        // Whether the command works is seen when it is needed: it must not be run for nobody.
    }

    /** A shell that does nothing: the first process that a JVM starts takes it long. */
    @Override
    public void rehearse() {
        runner.runShell("true");
    }

    @Override
    public void block(List<Block> blocks) throws FirewallException {
        List<Cidr> failed = new ArrayList<>();
        String words = "";
        for (Block block : blocks) {
            CommandResult result = runner.runShell(block.macros().fill(template));
            if (!result.succeeded()) {
                words = result.words();
                failed.add(block.target());
            }
        }
        if (!failed.isEmpty()) {
            throw new FirewallException("KILL_ROUTE: " + words, failed);
        }
    }

    @Override
    public void unblock(List<Cidr> targets) throws FirewallException {
        throw new FirewallException("KILL_ROUTE cannot be taken back by the daemon");
    }

    /** Nobody can tell. */
    @Override
    public List<HeldBlock> held() {
        return List.of();
    }

    @Override
    public String describe(Block block) {
        return PrintableText.oneLine(block.macros().fill(template), ActionLimits.MESSAGE_CHARS);
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
    public boolean runsCommand() {
        return true;
    }

    /** A template that is gone changes the method, which takes a restart; until then the old one is in force. */
    @Override
    public void renew(Settings.Response response) {
        template = response.killRoute().orElse(template);
    }

    @Override
    public void close() {
        // Nothing is held between two commands.
    }
}
