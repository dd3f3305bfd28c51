package org.edgesentry.netty.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.edgesentry.core.decode.DecodeStatus;
import org.edgesentry.core.decode.FrameDecoder;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.netty.replay.file.CaptureFile;
import org.edgesentry.netty.replay.file.CapturedFrame;
import org.edgesentry.netty.replay.file.UnreadableCapture;
import org.edgesentry.netty.replay.report.ReplayReport;
import org.edgesentry.netty.replay.report.ReplaySummary;

/**
 * The source that reads capture files: one stream of packets, in the order of the files, in the files' time. A tick
 * goes before the first packet of each later second; at the end comes {@link EventKind#END_OF_INPUT}.
 *
 * <p>Thread: one; allocates nothing a packet.
 */
public final class Replay {

    /** Packets after which somebody may hear how far it is: 50 ms or so. */
    private static final int NEWS_MASK = (1 << 16) - 1;

    private final ReplayPipeline pipeline;
    private final ProbePublisher publisher;
    private final ReplayReport report;
    private final Consumer<String> complaints;
    private final Progress progress;
    private final FrameDecoder decoder = new FrameDecoder(ReplayPipeline.KEY_0, ReplayPipeline.KEY_1);
    private final CapturedFrame frame = new CapturedFrame();
    private final FrameCounts counts = new FrameCounts();
    private final FileSeconds seconds = new FileSeconds();
    private long packets;
    private long lastNanos;
    private long bytesBefore;

    /**
     * A replay, not begun.
     *
     * @param report gets the summary; the pipeline tells it of scans
     * @param complaints gets a line about each file that is not read to its end
     */
    public Replay(ReplayPipeline pipeline, ReplayReport report, Consumer<String> complaints, Progress progress) {
        this.pipeline = pipeline;
        this.publisher = pipeline.source();
        this.report = report;
        this.complaints = complaints;
        this.progress = progress;
    }

    /** Reads the files and reports; whether all of them were read to the end. */
    public boolean run(List<Path> files) {
        boolean complete = true;
        for (Path file : files) {
            complete &= read(file);
        }
        send(EventKind.END_OF_INPUT);
        progress.clear();
        report.finish(summary());
        return complete;
    }

    private boolean read(Path path) {
        try (CaptureFile file = CaptureFile.open(path)) {
            return readFrames(path, file);
        } catch (UnreadableCapture | IOException e) {
            complain(path, e.getMessage());
            return false;
        }
    }

    private boolean readFrames(Path path, CaptureFile file) throws UnreadableCapture {
        long before = packets;
        long unreadBefore = counts.unread();
        try {
            while (file.next(frame)) {
                packets++;
                if (frame.link == null) {
                    counts.countUnread();
                    sayOnce(path, unreadBefore);
                } else {
                    take();
                }
                if ((packets & NEWS_MASK) == 0 && !goesOn(file)) {
                    return false;
                }
            }
        } finally {
            bytesBefore += file.bytesRead();
        }
        long read = packets - before;
        return read == 0 || counts.unread() - unreadBefore < read;
    }

    private void sayOnce(Path path, long unreadBefore) {
        if (counts.unread() == unreadBefore + 1) {
            complain(path, "frames of link type " + frame.linkNumber + " are not read and only counted");
        }
    }

    private boolean goesOn(CaptureFile file) {
        progress.reached(packets, bytesBefore + file.bytesRead());
        return !report.isBroken();
    }

    private void take() {
        lastNanos = frame.epochNanos;
        if (seconds.passes(lastNanos)) {
            send(EventKind.TICK);
        }
        ProbeEvent event = publisher.begin();
        event.seenBy = ProbeSource.REPLAY;
        event.epochNanos = lastNanos;
        DecodeStatus status = decoder.decode(frame.link, frame.bytes, frame.offset, frame.length, event);
        counts.count(status);
        if (status == DecodeStatus.PACKET || status == DecodeStatus.MALFORMED) {
            publisher.publish();
        }
    }

    private void send(EventKind kind) {
        ProbeEvent event = publisher.begin();
        event.kind = kind;
        event.seenBy = ProbeSource.COMMAND;
        event.epochNanos = lastNanos;
        publisher.publish();
    }

    private void complain(Path path, String message) {
        progress.clear();
        complaints.accept(path + ": " + message);
    }

    private ReplaySummary summary() {
        HomeTraffic traffic = pipeline.traffic();
        return new ReplaySummary(packets, traffic.sources(), pipeline.scans(), pipeline.trapped(),
                traffic.backscatterSources(),
                pipeline.verdicts(), counts.of(DecodeStatus.NOT_IP),
                counts.of(DecodeStatus.LATER_FRAGMENT) + counts.of(DecodeStatus.FRAGMENT_HELD), counts.unread());
    }
}
