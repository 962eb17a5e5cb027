package dev.metsuke.console.search;

import dev.metsuke.operations.settings.NearNames;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
        List<String> searchable = types.keySet().stream()
                .filter(known -> !isObject(known))
                .sorted()
                .toList();
        return "the archive has no field " + field
                + NearNames.nearest(field, searchable, 1).stream()
                        .map(nearest -> "; the nearest name is " + nearest)
                        .collect(Collectors.joining());
    }

    /** A refusal with the field whose value it quotes. */
    String named(String reason) {
        return clauses.stream()
                .filter(clause -> clause.field() != null && isQuoted(clause.value(), reason))
                .findFirst()
                .map(clause -> clause.field() + typeOf(clause) + ": " + reason)
                .orElse(reason);
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
