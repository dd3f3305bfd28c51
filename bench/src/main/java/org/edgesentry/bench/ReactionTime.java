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
 * not answered, and how many were answered in between. 0 where the kernel already drops the SYN to the trap, "never"
 * where all knocks are answered. Thread: main.
 */
public final class ReactionTime {

    private static final int ANSWER_MILLIS = 50;
    private static final int KNOCKS_AT_MOST = 100_000;
    private static final int PRACTICE_KNOCKS = 3_000;
    private static final int PRACTICE_PAUSE_MILLIS = 1_000;
    private static final int PAUSE_MILLIS = 50;

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
            if (isShut(source)) {
                throw new IOException("no answer from " + closed + ", although nothing has been probed yet");
            }
        }
        pause(PRACTICE_PAUSE_MILLIS);
    }

    private void trial(InetAddress source, boolean printed) throws IOException {
        pause(PAUSE_MILLIS);
        long trapNanos = System.nanoTime();
        long unansweredNanos = trapNanos;
        boolean doorOpen = isAnswered(source, trap);
        int answered = 0;
        do {
            long knockNanos = System.nanoTime();
            if (isShut(source)) {
                unansweredNanos = doorOpen ? knockNanos : trapNanos;
                break;
            }
            doorOpen = true;
        } while (++answered < KNOCKS_AT_MOST);
        if (printed) {
            String micros = answered == KNOCKS_AT_MOST ? "never"
                    : String.valueOf(TimeUnit.NANOSECONDS.toMicros(unansweredNanos - trapNanos));
            System.out.println(micros + " " + answered);
        }
    }

    /** A block stays; a machine that is busy answers the second time. */
    private boolean isShut(InetAddress source) throws IOException {
        return !isAnswered(source, closed) && !isAnswered(source, closed);
    }

    /** A detector may still be busy with the knocks before. */
    private static void pause(int millis) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
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
