package org.edgesentry.netty.replay;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgesentry.core.config.ConfigParser;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.netty.replay.report.JsonReport;
import org.edgesentry.netty.replay.report.ReplayReport;
import org.edgesentry.netty.replay.report.TableReport;
import org.edgesentry.netty.terminal.Page;

/**
 * One replay with the default settings and one trap, 111; home 192.0.2.0/24, and what came of it. Thread: immutable.
 *
 * @param output what was printed
 * @param complaints lines about files
 * @param complete whether all files were read to the end
 */
record ReplayRun(String output, List<String> complaints, boolean complete) {

    private static final Settings SETTINGS =
            ConfigParser.parse("test", "TCP_PORTS=\"111\"".getBytes(StandardCharsets.UTF_8)).settings().orElseThrow();

    static ReplayRun json(Path... files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return run(bytes, new JsonReport(new PrintStream(bytes, false, StandardCharsets.UTF_8)), files);
    }

    static ReplayRun table(Path... files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return run(bytes, new TableReport(new Page(out, 100, false)), files);
    }

    private static ReplayRun run(ByteArrayOutputStream bytes, ReplayReport report, Path... files) {
        List<String> complaints = new ArrayList<>();
        ReplayPipeline pipeline = new ReplayPipeline(SETTINGS, List.of(),
                List.of(CidrParser.parse("192.0.2.0/24")), report);
        boolean complete = new Replay(pipeline, report, complaints::add, Progress.NONE).run(List.of(files));
        pipeline.failure().ifPresent(complaints::add);
        report.isBroken();
        return new ReplayRun(bytes.toString(StandardCharsets.UTF_8), List.copyOf(complaints), complete);
    }
}
