package dev.metsuke.operations.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which of the names that are known somebody may have meant who wrote another. */
public final class NearNames {

    /** So many characters may be others in a name that is likely to be meant. */
    private static final int LIKELY_TYPO = 2;

    private NearNames() {}

    /** The known name that is nearest, if it is so near that it is likely to be meant. */
    public static Optional<String> likelyMeant(String written, Collection<String> known) {
        return nearest(written, known, 1).stream()
                .filter(nearest -> distance(written, nearest) <= LIKELY_TYPO)
                .findFirst();
    }

    /** The nearest first; of equally near ones the one that comes first. */
    public static List<String> nearest(String written, Collection<String> known, int most) {
        return known.stream()
                .sorted(Comparator.comparingInt(name -> distance(written, name)))
                .limit(most)
                .toList();
    }

    /** How many characters must be changed, added or left out to make one of the other. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
