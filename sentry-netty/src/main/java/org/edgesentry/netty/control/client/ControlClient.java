package org.edgesentry.netty.control.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.time.WallClock;
import org.edgesentry.netty.terminal.Page;

/**
 * Asks the running daemon over its control socket, and prints what it says: as it comes for programs, as tables for
 * people.
 *
 * <p>Thread: one. Errors: {@link ControlFailure} with a line for the operator.
 */
public final class ControlClient {

    private final Path socket;
    private final WallClock clock;

    /** Whoever listens at this socket. */
    public ControlClient(Path socket, WallClock clock) {
        this.socket = socket;
        this.clock = clock;
    }

    /** Reads the answer of a question. */
    private interface Reader<T> {

        T read(AnswerBytes answer) throws IOException;
    }

    /** Prints the answer as it comes: one JSON document in one line. */
    public void json(Question question, OutputStream out) throws ControlFailure {
        ask(question, answer -> answer.transferTo(out));
    }

    /** Prints what the daemon is doing. */
    public void status(Page page) throws ControlFailure {
        ask(Question.status(true), answer -> {
            new StatusPage(page, words()).print(answer);
            return null;
        });
    }

    /** Prints what is blocked. */
    public void blocks(Page page) throws ControlFailure {
        ask(Question.blocks(), answer -> {
            AnswerReader.print(answer, new BlockRows(words()), page);
            return null;
        });
    }

    /** Prints who is remembered, at most so many. */
    public void hosts(int limit, Page page) throws ControlFailure {
        ask(Question.hosts(limit), answer -> {
            AnswerReader.print(answer, new HostRows(words(), limit), page);
            return null;
        });
    }

    /** Has it do something; what came of it. */
    public String order(Question question) throws ControlFailure {
        return message(ask(question, AnswerReader::object));
    }

    /** Has it do something and prints the answer as it comes; what came of it. */
    public String order(Question question, OutputStream out) throws ControlFailure {
        byte[] answer = ask(question, InputStream::readAllBytes);
        try {
            out.write(answer);
            return message(AnswerReader.object(new ByteArrayInputStream(answer)));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static String message(Row outcome) throws ControlFailure {
        if (!outcome.flag("done")) {
            throw new ControlFailure(outcome.text("message"));
        }
        return outcome.text("message");
    }

    private <T> T ask(Question question, Reader<T> reader) throws ControlFailure {
        try (DaemonSocket daemon = DaemonSocket.ask(socket, question);
                InputStream whole = AnswerSpool.of(daemon); AnswerBytes answer = new AnswerBytes(whole)) {
            if (answer.isError()) {
                throw new ControlFailure(AnswerReader.object(answer).text("error"));
            }
            return reader.read(answer);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private ControlFailure failure(IOException e) {
        // What a JSON parser says has several lines.
        String why = e instanceof JsonProcessingException ? "it is not valid JSON" : e.getMessage();
        return new ControlFailure("the daemon at " + socket + " gave no good answer (" + why + "); ask again, and see"
                + " its log", e);
    }

    private TimeWords words() {
        long now = clock.epochNanos();
        return new TimeWords(Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(now)));
    }
}
