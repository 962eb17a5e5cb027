package dev.metsuke.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.policy.LineChanges.Change;
import dev.metsuke.console.policy.LineChanges.Line;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineChangesTest {

    @Test
    void tellsWhatWasRemovedBeforeWhatWasAddedInItsPlace() {
        assertThat(LineChanges.between("policy:\n  quiet: 1h\n  late: 24h\n", "policy:\n  quiet: 2h\n  late: 24h\n"))
                .hasValue(List.of(
                        new Line(Change.KEPT, "policy:"),
                        new Line(Change.REMOVED, "  quiet: 1h"),
                        new Line(Change.ADDED, "  quiet: 2h"),
                        new Line(Change.KEPT, "  late: 24h")));
        assertThat(LineChanges.between("", "policy:\n")).hasValue(List.of(new Line(Change.ADDED, "policy:")));
    }

    @Test
    void holdsBothTextsAndNoMoreChangesThanTheLongestCommonSubsequenceLeaves() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            List<String> before = lines(random);
            List<String> after = lines(random);

            List<Line> lines = LineChanges.between(text(before), text(after)).orElseThrow();

            assertThat(without(lines, Change.ADDED)).isEqualTo(before);
            assertThat(without(lines, Change.REMOVED)).isEqualTo(after);
            for (int j = 1; j < lines.size(); j++) {
                assertThat(List.of(lines.get(j - 1).change(), lines.get(j).change()))
                        .isNotEqualTo(List.of(Change.ADDED, Change.REMOVED));
            }
            assertThat(lines.stream().filter(line -> line.change() == Change.KEPT))
                    .hasSize(longestCommonSubsequence(before, after));
        }
    }

    @Test
    void comparesNoTextsThatAreTooLong() {
        String most = "a\n".repeat(5_000);

        assertThat(LineChanges.between(most, most)).isPresent();
        assertThat(LineChanges.between(most, most + "a\n")).isEmpty();
        assertThat(LineChanges.between(most + "a\n", most)).isEmpty();
    }

    private static List<String> lines(Random random) {
        return IntStream.range(0, random.nextInt(12))
                .mapToObj(_ -> "line " + random.nextInt(4))
                .toList();
    }

    private static String text(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static List<String> without(List<Line> lines, Change change) {
        return lines.stream()
                .filter(line -> line.change() != change)
                .map(Line::text)
                .toList();
    }

    private static int longestCommonSubsequence(List<String> one, List<String> other) {
        int[][] lengths = new int[one.size() + 1][other.size() + 1];
        for (int i = 1; i <= one.size(); i++) {
            for (int j = 1; j <= other.size(); j++) {
                lengths[i][j] = one.get(i - 1).equals(other.get(j - 1))
                        ? lengths[i - 1][j - 1] + 1
                        : Math.max(lengths[i - 1][j], lengths[i][j - 1]);
            }
        }
        return lengths[one.size()][other.size()];
    }
}
