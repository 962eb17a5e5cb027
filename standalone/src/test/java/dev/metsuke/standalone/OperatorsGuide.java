package dev.metsuke.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code docs/operations.md} and {@code docs/prometheus.rules.yml} name. */
public final class OperatorsGuide {

    private static final Path DOCS = Path.of("..", "docs");

    private OperatorsGuide() {}

    /** The metrics that the guide's table has. */
    public static Set<String> metrics() throws IOException {
        return all("(?m)^\\| `([a-z]+_[a-z_]+)` \\|", "operations.md");
    }

    /** Those of them that a part tells. */
    public static Set<String> metricsOfParts() throws IOException {
        Set<String> metrics = metrics();
        metrics.removeAll(metricsOfVerification());
        return metrics;
    }

    /** Those of them that a verification leaves in a file. */
    public static Set<String> metricsOfVerification() throws IOException {
        return metrics().stream()
                .filter(metric -> metric.startsWith("metsuke_verify_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The metrics that rules ask for. */
    static Set<String> metricsOfRules() throws IOException {
        return all("\\b((?:metsuke|kafka|process)_[a-z_]+)\\b", "prometheus.rules.yml");
    }

    /** The alerts that the guide explains. */
    static Set<String> alerts() throws IOException {
        return all("(?m)^\\| `(Metsuke\\w+)` \\|", "operations.md");
    }

    /** The alerts that rules raise. */
    static Set<String> alertsOfRules() throws IOException {
        return all("(?m)- alert: (\\w+)$", "prometheus.rules.yml");
    }

    /** The text of each rule. */
    static List<String> rules() throws IOException {
        String[] texts = Files.readString(DOCS.resolve("prometheus.rules.yml")).split("(?m)^ +- alert: ", -1);
        return List.of(texts).subList(1, texts.length);
    }

    /** The counters of which rules ask what was counted before they were first scraped. */
    static Set<String> countedBeforeTheFirstScrape() throws IOException {
        return all("\\((\\w+) > 0 unless \\1 offset 1h\\)", "prometheus.rules.yml");
    }

    private static Set<String> all(String pattern, String file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(DOCS.resolve(file)))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
