package org.edgesentry.netty.daemon;

import java.io.PrintStream;
import org.edgesentry.core.time.SystemWallClock;
import org.edgesentry.netty.control.client.ControlClient;
import org.edgesentry.netty.control.client.ControlFailure;
import org.edgesentry.netty.control.client.Question;
import org.edgesentry.netty.terminal.Page;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands share that speak to the running daemon: its configuration, and in which form they answer. */
final class ControlOptions {

    @Mixin
    private ConfigurationOption configuration;

    @Option(names = "--json", description = "The answer as one JSON document, for programs.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Prints an answer for people. */
    interface Printer {

        void print(ControlClient client, Page page) throws ControlFailure;
    }

    /** Asks, and prints the answer; the exit status. */
    int show(Question question, Printer table) throws StartFailure {
        ControlClient client = client();
        try (PrintStream out = Terminal.standardOutput()) {
            if (json) {
                client.json(question, out);
            } else {
                table.print(client, new Page(out, Terminal.OUTPUT.columns(command), Terminal.OUTPUT.hasColours()));
            }
            if (out.checkError()) {
                throw new StartFailure(StartFailure.COULD_NOT_WORK, "the answer could not be written to its end");
            }
            return 0;
        } catch (ControlFailure e) {
            throw new StartFailure(StartFailure.COULD_NOT_WORK, e.getMessage());
        }
    }

    /** Has the daemon do something, and says what came of it; the exit status. */
    int order(Question question) throws StartFailure {
        ControlClient client = client();
        try (PrintStream out = Terminal.standardOutput()) {
            if (json) {
                client.order(question, out);
            } else {
                out.println(client.order(question));
            }
            return 0;
        } catch (ControlFailure e) {
            throw new StartFailure(StartFailure.COULD_NOT_WORK, e.getMessage());
        }
    }

    /** For the command to complain about what it was given. */
    ParameterException misused(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private ControlClient client() throws StartFailure {
        return new ControlClient(configuration.read().settings().service().controlSocket(), new SystemWallClock());
    }
}
