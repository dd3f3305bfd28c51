package org.edgesentry.netty.capture.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgesentry.netty.lab.ChildJvm;

/** A {@link CaptureChild} in a JVM of its own. */
final class CaptureProcess extends ChildJvm {

    private final long receivedAtStart;

    /** Starts it; prefix is what comes before the java command, such as the words that enter a namespace. */
    CaptureProcess(List<String> prefix, List<String> javaOptions, String... arguments) {
        super(prefix, javaOptions, CaptureChild.class, arguments);
        boolean ready = awaitLine("READY |FAILED ").startsWith("READY");
        receivedAtStart = ready ? statistic("received") : 0;
    }

    List<String> events() {
        return lines().stream().filter(line -> line.startsWith("EVENT ")).toList();
    }

    /** A field of the capture's statistics. */
    long statistic(String field) {
        return number(ask("statistics", "STATISTICS"), field);
    }

    /** Descriptors or threads of the process. */
    long resource(String field) {
        return number(ask("resources", "RESOURCES"), field);
    }

    private static long number(String line, String field) {
        Matcher matcher = Pattern.compile(field + "=(\\d+)").matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    /** Packets that the kernel has handed over since; libpcap gets some before its filter is in place. */
    long received() {
        return statistic("received") - receivedAtStart;
    }
}
