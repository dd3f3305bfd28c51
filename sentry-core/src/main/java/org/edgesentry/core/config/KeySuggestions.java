package org.edgesentry.core.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.edgesentry.core.text.PrintableText;

/**
 * Says which key may have been meant.
 *
 * <p>PortSentry 2.0 took the beginning of a key for the key, so that is looked at first, and only among its own keys:
 * {@code BLOCK="2"} set BLOCK_TCP. Else the nearest key by edit distance is suggested.
 */
final class KeySuggestions {

    /** No key is nearly as long; the cost of a comparison stays small whatever the file holds. */
    private static final int LONGEST_COMPARED = 40;

    private KeySuggestions() {
    }

    /** The message for a key that does not exist. */
    static String unknownKey(String key) {
        String told = "unknown key " + PrintableText.quote(key);
        if (ConfigKeys.find(key.toUpperCase(Locale.ROOT)).isPresent()) {
            return told + "; keys are written in capitals: " + key.toUpperCase(Locale.ROOT);
        }
        List<ConfigKey<?>> candidates = key.length() > LONGEST_COMPARED ? List.of() : candidates(key);
        if (candidates.isEmpty()) {
            return told;
        }
        if (candidates.size() == 1) {
            return told + "; did you mean " + candidates.get(0).name() + " (" + candidates.get(0).description() + ")?";
        }
        return told + "; did you mean "
                + candidates.stream().map(ConfigKey::name).collect(Collectors.joining(" or ")) + "?";
    }

    private static List<ConfigKey<?>> candidates(String key) {
        List<ConfigKey<?>> begunByPortSentry = ConfigKeys.ALL.stream()
                .filter(known -> known.fromPortSentry() && known.name().startsWith(key + "_")).toList();
        return begunByPortSentry.isEmpty() ? nearest(key) : begunByPortSentry;
    }

    private static List<ConfigKey<?>> nearest(String key) {
        String upperCase = key.toUpperCase(Locale.ROOT);
        int limit = Math.max(2, key.length() / 3);
        int least = ConfigKeys.ALL.stream().mapToInt(known -> distance(upperCase, known.name())).min().orElseThrow();
        if (key.length() > 2 && least <= limit) {
            return ConfigKeys.ALL.stream().filter(known -> distance(upperCase, known.name()) == least).toList();
        }
        return ConfigKeys.ALL.stream()
                .filter(known -> key.length() >= 4 && known.name().contains(upperCase)).toList();
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
