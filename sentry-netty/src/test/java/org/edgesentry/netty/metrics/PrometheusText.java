package org.edgesentry.netty.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page in Prometheus' text format 0.0.4, read strictly: every sample belongs to the family that was announced
 * last, no series comes twice, and the buckets of a histogram add up. Thread: one.
 */
public final class PrometheusText {

    private static final Pattern HELP = Pattern.compile("# HELP ([a-z_]+) \\S.*\\.");
    private static final Pattern TYPE = Pattern.compile("# TYPE ([a-z_]+) (counter|gauge|histogram)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-z0-9_]+)(?:\\{(.*)\\})? ([0-9.E+-]+|\\+Inf|NaN)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"(?:,|$)");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<Series, Double> samples = new LinkedHashMap<>();

    /** A name with its labels. */
    public record Series(String name, Map<String, String> labels) {
    }

    /** Reads a page. */
    public PrometheusText(String page) {
        assertThat(page).endsWith("\n");
        String helped = "";
        String family = "";
        for (String line : page.split("\n")) {
            Matcher help = HELP.matcher(line);
            Matcher type = TYPE.matcher(line);
            if (help.matches()) {
                helped = help.group(1);
            } else if (type.matches()) {
                family = type.group(1);
                assertThat(helped).as("HELP before TYPE").isEqualTo(family);
                assertThat(types.put(family, type.group(2))).as("%s twice", family).isNull();
            } else {
                sample(line, family);
            }
        }
        types.forEach((name, type) -> check(name, type));
    }

    private void sample(String line, String family) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as("a sample: %s", line).isTrue();
        String name = sample.group(1);
        boolean belongs = "histogram".equals(types.get(family))
                ? List.of("_bucket", "_sum", "_count").contains(name.replace(family, "")) : name.equals(family);
        assertThat(belongs).as("%s in %s", name, family).isTrue();
        Series series = new Series(name, labels(sample.group(2) == null ? "" : sample.group(2)));
        double value = "+Inf".equals(sample.group(3)) ? Double.POSITIVE_INFINITY : Double.parseDouble(sample.group(3));
        assertThat(samples.put(series, value)).as("%s twice", series).isNull();
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (label.lookingAt()) {
            labels.put(label.group(1), label.group(2));
            end = label.end();
            label.region(end, text.length());
        }
        assertThat(end).as("labels: %s", text).isEqualTo(text.length());
        return labels;
    }

    private void check(String name, String type) {
        assertThat(name).startsWith("edge_sentry_");
        assertThat(name.endsWith("_total")).as("%s is a %s", name, type).isEqualTo("counter".equals(type));
        if ("histogram".equals(type)) {
            double before = 0;
            double bound = 0;
            for (Map.Entry<Series, Double> bucket : samples.entrySet()) {
                if (bucket.getKey().name().equals(name + "_bucket")) {
                    String le = bucket.getKey().labels().get("le");
                    double next = "+Inf".equals(le) ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
                    assertThat(next).as("bounds of %s grow", name).isGreaterThan(bound);
                    assertThat(bucket.getValue()).isGreaterThanOrEqualTo(before);
                    before = bucket.getValue();
                    bound = next;
                }
            }
            assertThat(bound).isInfinite();
            assertThat(before).isEqualTo(value(name + "_count"));
        }
    }

    /** Families and their types, in order. */
    public Map<String, String> types() {
        return types;
    }

    /** The value of a series; labels are names and values in turn. */
    public double value(String name, String... labels) {
        Map<String, String> wanted = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        assertThat(samples).containsKey(new Series(name, wanted));
        return samples.get(new Series(name, wanted));
    }

    /** The sum over all series of a family that fit. */
    public double sum(String name, Predicate<Map<String, String>> labels) {
        return samples.entrySet().stream()
                .filter(sample -> sample.getKey().name().equals(name) && labels.test(sample.getKey().labels()))
                .mapToDouble(Map.Entry::getValue).sum();
    }
}
