package dev.metsuke.console.search;

import dev.metsuke.operations.settings.NearNames;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    private static final Pattern NO_NUMBER = Pattern.compile("^For input string: (\"[^\"]*\")");
    private static final Pattern NO_DATE = Pattern.compile("^failed to parse date field \\[([^]]*)]");
    private static final Pattern NO_ADDRESS = Pattern.compile("^('[^']*') is not an IP string literal");

    /** A field that no archived event can have. */
    Optional<String> unknownField() {
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

    private String unknown(String field) {
        // Those that begin so are Elasticsearch's own.
        List<String> searchable = types.keySet().stream()
                .filter(known -> !isObject(known) && !known.startsWith("_"))
                .sorted()
                .toList();
        return "the archive has no field " + field
                + searchable.stream()
                        .filter(known -> known.endsWith("." + field))
                        .findFirst()
                        .or(() -> field.length() < SHORTEST_SLIP
                                ? Optional.empty()
                                : NearNames.nearest(field, searchable, 1).stream()
                                        .findFirst())
                        .map(nearest -> "; the nearest name is " + nearest)
                        .orElse("; fields are those of the Elastic Common Schema, as in user.id:sato");
    }

    /** A refusal in plain words, with the field whose value it quotes. */
    String named(String reason) {
        return clauses.stream()
                .filter(clause -> clause.field() != null && isQuoted(clause.value(), reason))
                .findFirst()
                .map(clause -> clause.field() + typeOf(clause) + ": " + plain(reason))
                .orElse(reason);
    }

    private static String plain(String reason) {
        Matcher number = NO_NUMBER.matcher(reason);
        if (number.find()) {
            return number.group(1) + " is no number that it takes; write one as in metsuke.records:>1000";
        }
        Matcher date = NO_DATE.matcher(reason);
        if (date.find()) {
            return date.group(1) + " is no time; write 2026-03-31, 2026-03-31T09:00 or now-1d";
        }
        Matcher address = NO_ADDRESS.matcher(reason);
        return address.find()
                ? address.group(1)
                        + " is no address of IP; write one as 203.0.113.9, or a network as \"203.0.113.0/24\""
                : reason;
    }

    private static boolean isQuoted(String value, String reason) {
        return Stream.of("[" + value + "]", "\"" + value + "\"", "'" + value + "'")
                .anyMatch(reason::contains);
    }

    private String typeOf(QueryClause clause) {
        Set<String> type = types.getOrDefault(Objects.requireNonNull(clause.field()), Set.of());
        return type.isEmpty() ? "" : " (" + type.stream().sorted().collect(Collectors.joining(" or ")) + ")";
    }
}
