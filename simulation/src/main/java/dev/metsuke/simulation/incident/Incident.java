package dev.metsuke.simulation.incident;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.json.Labels;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A label: something that an alert must tell of, or something innocent that looks like it.
 *
 * @param id names it
 * @param kind of which kind it is, such as {@code slow-drip}
 * @param difficulty how hard it is to tell
 * @param isInnocent whether no alert may tell of it
 * @param rule which rule must find it, or must not
 * @param account who did it
 * @param dataset what it is about, where it is about one
 * @param from the time of its first access
 * @param until the time of its last access
 * @param description in words
 */
public record Incident(
        String id,
        String kind,
        Difficulty difficulty,
        boolean isInnocent,
        Rule rule,
        AccountId account,
        @Nullable String dataset,
        Instant from,
        Instant until,
        String description) {

    /** The columns of {@code incidents.csv} that must be there. */
    public static final List<String> COLUMNS =
            List.of("id", "kind", "difficulty", "label", "rule", "account", "from", "until");

    /** Those that may be there. */
    public static final List<String> MORE_COLUMNS = List.of("dataset", "description");

    private static final String INNOCENT = "innocent";
    private static final String INCIDENT = "incident";

    /** How hard it is to tell. */
    public enum Difficulty {
        EASY,
        HARD
    }

    public Incident {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("until is before from");
        }
    }

    /** {@code incident} or {@code innocent}. */
    public String label() {
        return isInnocent ? INNOCENT : INCIDENT;
    }

    public boolean overlaps(Instant start, Instant end) {
        return !start.isAfter(until) && !end.isBefore(from);
    }

    /**
     * Out of a row of {@code incidents.csv}.
     *
     * @param cells the cells that are not empty, by column
     * @throws IllegalArgumentException with every problem, one a line
     */
    public static Incident of(Map<String, String> cells) {
        List<String> problems = new ArrayList<>();
        COLUMNS.stream()
                .filter(column -> !cells.containsKey(column))
                .forEach(column -> problems.add(column + ": is missing"));
        Difficulty difficulty = cell(
                cells,
                "difficulty",
                text -> Difficulty.valueOf(text.toUpperCase(Locale.ROOT)),
                "it can be easy or hard",
                problems);
        Boolean innocent = cell(
                cells,
                "label",
                text -> switch (text) {
                    case INNOCENT -> true;
                    case INCIDENT -> false;
                    default -> throw new IllegalArgumentException(text);
                },
                "it can be incident or innocent",
                problems);
        Rule rule = cell(
                cells,
                "rule",
                text -> Rule.ofId(text).orElseThrow(IllegalArgumentException::new),
                "it can be " + Labels.all(Rule.class),
                problems);
        Instant from = cell(cells, "from", Instant::parse, "write it as 2026-07-20T13:00:00Z", problems);
        Instant until = cell(cells, "until", Instant::parse, "write it as 2026-07-20T13:00:00Z", problems);
        if (from != null && until != null && until.isBefore(from)) {
            problems.add("until: is before from");
        }
        if (!problems.isEmpty()
                || difficulty == null
                || innocent == null
                || rule == null
                || from == null
                || until == null) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return new Incident(
                cells.getOrDefault("id", ""),
                cells.getOrDefault("kind", ""),
                difficulty,
                innocent,
                rule,
                new AccountId(cells.getOrDefault("account", "")),
                cells.get("dataset"),
                from,
                until,
                cells.getOrDefault("description", ""));
    }

    private static <T> @Nullable T cell(
            Map<String, String> cells, String column, Function<String, T> read, String right, List<String> problems) {
        String text = cells.get(column);
        if (text == null) {
            return null;
        }
        try {
            return read.apply(text);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            problems.add(column + ": is “" + text + "”; " + right);
            return null;
        }
    }
}
