package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgesentry.netty.lab.TwoHosts;

/**
 * What the sensor's kernel holds in the table of the daemon, as nft(8) lists it. Thread: the test's.
 *
 * @param hosts the lab
 */
record KernelSets(TwoHosts hosts) {

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Pattern ELEMENT = Pattern.compile("[ \\t]([0-9a-f.:/-]+)(?: timeout ([0-9a-z]+))?"
            + "(?: expires [0-9a-z]+)?(?=[,} ])");

    /** Elements of a set with their whole timeout, which is empty for those without end. */
    Map<String, String> elements(String set) {
        String listing = hosts.onSensor("nft list set inet edge_sentry " + set);
        int start = listing.indexOf("elements = {");
        Map<String, String> elements = new LinkedHashMap<>();
        if (start >= 0) {
            Matcher element = ELEMENT.matcher(listing.substring(start + "elements = {".length())
                    .replaceAll("\\s+", " "));
            while (element.find()) {
                elements.put(element.group(1), element.group(2) == null ? "" : element.group(2));
            }
        }
        return elements;
    }

    /** Seconds that a blocked IPv4 address stays blocked, as the kernel counts; fails where it is not. */
    double secondsLeft(String address) {
        Matcher left = Pattern.compile(Pattern.quote(address) + "(?: timeout \\w+)? expires "
                + "(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:(\\d+)s)?(?:(\\d+)ms)?")
                .matcher(hosts.onSensor("nft list set inet edge_sentry blocked4"));
        assertThat(left.find()).as("%s is blocked for some time", address).isTrue();
        return number(left.group(1)) * 3600 + number(left.group(2)) * 60 + number(left.group(3))
                + number(left.group(4)) / 1000;
    }

    private static double number(String digits) {
        return digits == null ? 0 : Double.parseDouble(digits);
    }

    /** All blocked addresses, and network addresses of blocked prefixes. */
    Set<String> blocked() {
        Set<String> all = new TreeSet<>(elements("blocked4").keySet());
        all.addAll(elements("blocked6").keySet());
        return all;
    }

    void awaitBlocked(String address) {
        await(address + " is blocked").atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(blocked()).contains(address));
    }

    void awaitNotBlocked(String address) {
        await(address + " is no longer blocked").atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(blocked()).doesNotContain(address));
    }

    /** Whether the kernel's own trap rules are there. */
    boolean hasTrapRules() {
        return List.of(tables().split("\n")).stream().anyMatch(line -> line.contains("chain traps {"));
    }

    private String tables() {
        return hosts.onSensor("nft list ruleset");
    }
}
