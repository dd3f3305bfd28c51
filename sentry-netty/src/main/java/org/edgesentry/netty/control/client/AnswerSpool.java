package org.edgesentry.netty.control.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Takes in an answer as fast as the daemon gives it, however slowly it is printed: who reads a long list in a pager
 * must not keep the daemon's connection, nor lose the rest when the daemon loses patience. What is long goes into a
 * file that has no name any more.
 *
 * <p>Thread: one.
 */
final class AnswerSpool {

    private static final int MEMORY_BYTES = 1 << 18;

    private AnswerSpool() {
    }

    /** The whole answer; the stream that is given can be closed. */
    static InputStream of(InputStream answer) throws IOException {
        byte[] head = answer.readNBytes(MEMORY_BYTES);
        InputStream begin = new ByteArrayInputStream(head);
        return head.length < MEMORY_BYTES ? begin : new SequenceInputStream(begin, onDisk(answer));
    }

    private static InputStream onDisk(InputStream answer) throws IOException {
        Path path = Files.createTempFile("sentry", ".answer");
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        answer.transferTo(Channels.newOutputStream(file));
        file.position(0);
        return Channels.newInputStream(file);
    }
}
