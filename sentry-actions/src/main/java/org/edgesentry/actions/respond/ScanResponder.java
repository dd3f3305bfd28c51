package org.edgesentry.actions.respond;

import java.io.IOException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.ActionCounters;
import org.edgesentry.actions.Complaints;
import org.edgesentry.actions.block.ActiveBlocks;
import org.edgesentry.actions.block.BlockedFile;
import org.edgesentry.actions.firewall.Block;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.history.HistoryFile;
import org.edgesentry.actions.history.ReportFormat;
import org.edgesentry.actions.names.HostNames;
import org.edgesentry.actions.names.ReverseLookup;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.action.BlockOutcomes;
import org.edgesentry.core.action.Responder;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.Cidr;

/**
 * What is done to a scanner: collects requests while more are waiting, then blocks all of their sources with one
 * transaction, tells the pipeline, and writes history and log. Blocks come first: they are what time is short for.
 *
 * <p>Thread: action worker only; {@link #counters} and {@link #blocksActive} any. Time is the requests' own.
 */
public final class ScanResponder implements Responder {

    private final Firewall firewall;
    private final ActiveBlocks blocks;
    private final ActionCounters counters;
    private final HostNames names;
    private final Optional<BlockedFile> blockedFile;
    private final BlockCommitter committer;
    private final BlockExpiry expiry;
    private final ScanReporter reporter;
    private final LeftAloneReport leftAlone;
    private final ActionBatch batch = new ActionBatch();
    private long lastEpochNanos;

    /**
     * Opens the files that the settings name.
     *
     * @param firewall open; closed with this
     * @param outcomes where the pipeline hears what became of a block
     * @param zone of the times in BLOCKED_FILE
     * @throws IOException when the history file cannot be opened; the message is fit for the administrator
     */
    public static ScanResponder open(Settings settings, Firewall firewall, BlockOutcomes outcomes, ReportFormat format,
                                     ZoneId zone) throws IOException {
        Rehearsal.run(firewall, format);
        return new ScanResponder(settings, firewall, outcomes, format, zone);
    }

    private ScanResponder(Settings settings, Firewall firewall, BlockOutcomes outcomes, ReportFormat format,
                          ZoneId zone) throws IOException {
        Logger log = LogManager.getLogger("edgesentry.alert");
        Complaints complaints = new Complaints(log);
        this.firewall = firewall;
        this.blocks = new ActiveBlocks(settings.blocking().max());
        this.counters = new ActionCounters();
        Optional<HistoryFile> history = settings.files().history().isPresent()
                ? Optional.of(HistoryFile.open(settings.files().history().get(), counters))
                : Optional.empty();
        this.blockedFile = settings.files().blocked()
                .map(file -> new BlockedFile(file, zone, counters, complaints));
        this.committer = new BlockCommitter(firewall, blocks, outcomes, counters, complaints);
        this.expiry = new BlockExpiry(firewall, blocks, counters, complaints);
        this.names = settings.detection().resolveHost() ? new ReverseLookup() : HostNames.ADDRESSES;
        ReportWriter writer = new ReportWriter(firewall, format, history, log);
        this.reporter = new ScanReporter(firewall, blocks, new NamedReports(names, writer), writer);
        this.leftAlone = new LeftAloneReport(log, settings.files().ignore());
    }

    @Override
    public void respond(ActionRequest request, boolean endOfBatch) {
        lastEpochNanos = request.epochNanos;
        switch (request.kind) {
            case TICK -> {
                commit();
                tick(request.epochNanos);
            }
            case LEFT_ALONE -> leftAlone.say(request);
            case RENEW -> commit();
            default -> batch.add(request);
        }
        if (endOfBatch || batch.isFull()) {
            commit();
        }
    }

    private void commit() {
        if (batch.size() == 0) {
            return;
        }
        try {
            Map<Cidr, Block> made = committer.commit(batch);
            reporter.report(batch, made);
        } finally {
            batch.clear();
        }
    }

    private void tick(long epochNanos) {
        expiry.expire(epochNanos);
        reporter.tick(epochNanos);
        blockedFile.ifPresent(file -> file.writeIfDue(blocks, epochNanos));
    }

    /** What was done so far. Thread: any. */
    public ActionCounters counters() {
        return counters;
    }

    /** How many blocks are in force. Thread: any. */
    public int blocksActive() {
        return blocks.size();
    }

    @Override
    public void close() {
        commit();
        names.close();
        reporter.close();
        blockedFile.ifPresent(file -> file.writeIfChanged(blocks, lastEpochNanos));
        firewall.close();
    }
}
