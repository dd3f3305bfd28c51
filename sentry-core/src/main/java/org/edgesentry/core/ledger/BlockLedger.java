package org.edgesentry.core.ledger;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.edgesentry.core.net.Cidr;

/**
 * Remembers blocks beyond the life of the process: who, why, since when, until when, how often, which ports.
 *
 * <p>What {@link #write} was given survives the end of the process and a loss of power once it has returned.
 *
 * <p>Thread: one at a time; after the start that is the action worker. Errors: an {@link IOException} with one line fit
 * for the administrator; nothing of that call is then written, and the ledger can be used as before.
 */
public interface BlockLedger extends AutoCloseable {

    /** Keeps nothing: dry runs, replays, and tests that are about something else. */
    BlockLedger NONE = new ForgetfulLedger();

    /** The blocks that have not ended, whether their time is over or not. */
    List<ActiveBlock> active() throws IOException;

    /**
     * How often the target was blocked before, as far as it is remembered; the block that is in force, if there is one,
     * counts.
     */
    int timesBlocked(Cidr target) throws IOException;

    /**
     * Writes what has changed, all of it or nothing.
     *
     * @param blocks new ones, and older ones with new times or ports
     * @param ends blocks that have ended; one of a target that is not in the ledger is passed over. A target that is in
     *         both lists has ended first and is blocked anew
     */
    void write(Collection<ActiveBlock> blocks, Collection<BlockEnd> ends) throws IOException;

    /** Moves the beginning and the end of all blocks in force by so much: the clock was set. */
    void shift(long nanos) throws IOException;

    /**
     * Throws away what ended before this time, and the oldest of what has ended where that is too much; a bounded
     * number with each call.
     */
    void forgetBefore(long epochNanos) throws IOException;

    /** Begins anew with these blocks; what is there is set aside. For when it turns out to be damaged. */
    void startOver(Collection<ActiveBlock> all) throws IOException;

    @Override
    void close();
}
