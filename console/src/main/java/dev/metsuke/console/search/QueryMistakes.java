package dev.metsuke.console.search;

import dev.metsuke.console.language.Text;
import dev.metsuke.operations.settings.NearNames;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is wrong with a query that the archive would take for one that finds nothing, or refuse without naming the field.
 *
 * @param clauses of the query
 * @param types of the fields that the archive knows, by their names; none before anything is archived
 */
record QueryMistakes(List<QueryClause> clauses, Map<String, Set<String>> types) {

    private static final String EXISTS = "_exists_";
    private static final String OBJECT = "object";
    /** Whose members have any name. */
    private static final String FLATTENED = "flattened";

    /** A shorter name is as near to one as to another. */
    private static final int SHORTEST_SLIP = 3;

    private static final Pattern NO_NUMBER = Pattern.compile("^For input string: \"([^\"]*)\"");
    private static final Pattern NO_DATE = Pattern.compile("^failed to parse date field \\[([^]]*)]");
    private static final Pattern NO_ADDRESS = Pattern.compile("^'([^']*)' is not an IP string literal");

    /** A field that no archived event can have. */
    Optional<Text> unknownField() {
        return types.isEmpty()
                ? Optional.empty()
                : clauses.stream()
                        .filter(clause -> !isKnown(clause))
                        .map(clause -> EXISTS.equals(clause.field()) ? clause.value() : clause.field())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(this::unknown);
    }

    private boolean isKnown(QueryClause clause) {
        String field = clause.field();
        if (field == null) {
            return true;
        }
        return field.equals(EXISTS)
                ? isNamed(clause.value()) || isObject(clause.value())
                : isNamed(field) && !isObject(field);
    }

    private boolean isNamed(String field) {
        return field.startsWith("_")
                || field.contains("*")
                || types.containsKey(field)
                || types.entrySet().stream()
                        .anyMatch(known ->
                                known.getValue().contains(FLATTENED) && field.startsWith(known.getKey() + "."));
    }

    private boolean isObject(String field) {
        return Set.of(OBJECT).equals(types.get(field));
    }

    private Text unknown(String field) {
        // Those that begin so are Elasticsearch's own.
        List<String> searchable = types.keySet().stream()
                .filter(known -> !isObject(known) && !known.startsWith("_"))
                .sorted()
                .toList();
        return searchable.stream()
                .filter(known -> known.endsWith("." + field))
                .findFirst()
                .or(() -> field.length() < SHORTEST_SLIP
                        ? Optional.empty()
                        : NearNames.nearest(field, searchable, 1).stream().findFirst())
                .map(nearest -> Text.of("query.unknown-field.near", field, nearest))
                .orElseGet(() -> Text.of("query.unknown-field", field));
    }

    /** A refusal in plain words, with the field whose value it quotes; empty where it quotes none. */
    Optional<Text> refused(String reason) {
        return clauses.stream()
                .filter(clause -> clause.field() != null && isQuoted(clause.value(), reason))
                .findFirst()
                .map(clause -> Text.of("problem.of-field", nameOf(clause), plain(reason)));
    }

    private static Text plain(String reason) {
        Matcher number = NO_NUMBER.matcher(reason);
        if (number.find()) {
            return Text.of("query.no-number", number.group(1));
        }
        Matcher date = NO_DATE.matcher(reason);
        if (date.find()) {
            return Text.of("query.no-time", date.group(1));
        }
        Matcher address = NO_ADDRESS.matcher(reason);
        return address.find() ? Text.of("query.no-address", address.group(1)) : Text.of("archive.refused", reason);
    }

    private static boolean isQuoted(String value, String reason) {
        return Stream.of("[" + value + "]", "\"" + value + "\"", "'" + value + "'")
                .anyMatch(reason::contains);
    }

    private Object nameOf(QueryClause clause) {
        String field = Objects.requireNonNull(clause.field());
        Set<String> type = types.getOrDefault(field, Set.of());
        return type.isEmpty() ? field : Text.of("query.field-of-type", field, String.join(", ", new TreeSet<>(type)));
    }
}
