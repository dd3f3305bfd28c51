package org.edgesentry.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * The scanner's side of {@code bench/reaction.sh}: how long after its first trap probe is a host shut out? Each trial
 * is a new source address, which knocks at a trap and then, one knock after the other, at a closed port that is no
 * trap. The kernel refuses those knocks at once, until one stays without an answer: it was sent after the block took
 * hold.
 *
 * <p>Prints one line a trial: microseconds from just before the SYN to the trap to just before the first SYN that was
 * not answered, and how many were answered in between. Thread: main.
 */
public final class ReactionTime {

    private static final int ANSWER_MILLIS = 100;
    private static final int KNOCKS_AT_MOST = 100_000;
    private static final int PRACTICE_KNOCKS = 3_000;

    private final InetSocketAddress trap;
    private final InetSocketAddress closed;

    private ReactionTime(InetSocketAddress trap, InetSocketAddress closed) {
        this.trap = trap;
        this.closed = closed;
    }

    /** Arguments: target, trap port, closed port, first source address, warm-up trials (not printed), trials. */
    public static void main(String[] args) throws IOException {
        InetAddress target = InetAddress.getByName(args[0]);
        ReactionTime reaction = new ReactionTime(new InetSocketAddress(target, Integer.parseInt(args[1])),
                new InetSocketAddress(target, Integer.parseInt(args[2])));
        InetAddress source = InetAddress.getByName(args[3]);
        reaction.practise(source);
        int warmUps = Integer.parseInt(args[4]);
        int trials = Integer.parseInt(args[5]);
        for (int i = 1; i <= warmUps + trials; i++) {
            source = next(source);
            reaction.trial(source, i > warmUps);
        }
    }

    /** The scanner's own code is to be warm before anything is measured; this source probes no trap. */
    private void practise(InetAddress source) throws IOException {
        for (int i = 0; i < PRACTICE_KNOCKS; i++) {
            if (!isAnswered(source, closed)) {
                throw new IOException("no answer from " + closed + ", although nothing has been probed yet");
            }
        }
    }

    private void trial(InetAddress source, boolean printed) throws IOException {
        long trapNanos = System.nanoTime();
        isAnswered(source, trap);
        for (int answered = 0; answered < KNOCKS_AT_MOST; answered++) {
            long knockNanos = System.nanoTime();
            if (!isAnswered(source, closed)) {
                if (printed) {
                    System.out.println(TimeUnit.NANOSECONDS.toMicros(knockNanos - trapNanos) + " " + answered);
                }
                return;
            }
        }
        throw new IOException(source + " was never blocked");
    }

    private static boolean isAnswered(InetAddress source, InetSocketAddress target) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(source, 0));
            socket.connect(target, ANSWER_MILLIS);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }

    private static InetAddress next(InetAddress address) throws IOException {
        byte[] bytes = address.getAddress();
        int at = bytes.length - 1;
        while (++bytes[at] == 0) {
            at--;
        }
        return InetAddress.getByAddress(bytes);
    }
}
