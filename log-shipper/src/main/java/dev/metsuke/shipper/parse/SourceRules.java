package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.operations.account.AccountRules;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a source's settings tell every parser.
 *
 * @param host the host that served the accesses, where the log does not say
 * @param service the service that served them, where the log does not say
 * @param zone of times that are written without one
 * @param accounts how accounts are spelled
 * @param dataset what is touched where no rule says
 * @param categories kinds of data in it
 * @param urls what an access to a URL touches; the first that matches counts
 * @param tables the dataset of a table, by its name with or without schema and database
 */
public record SourceRules(
        String host,
        @Nullable String service,
        ZoneId zone,
        AccountRules accounts,
        @Nullable String dataset,
        List<String> categories,
        List<UrlRule> urls,
        Map<String, String> tables) {

    public SourceRules {
        categories = List.copyOf(categories);
        urls = List.copyOf(urls);
        Map<String, String> folded = new LinkedHashMap<>();
        tables.forEach((name, mapped) -> folded.put(name.toLowerCase(Locale.ROOT), mapped));
        tables = java.util.Collections.unmodifiableMap(folded);
    }

    /** The hosts, services and datasets that they name. */
    public Set<String> names() {
        return Stream.of(
                        Stream.of(host),
                        Stream.ofNullable(service),
                        Stream.ofNullable(dataset),
                        urls.stream().map(UrlRule::dataset).filter(Objects::nonNull),
                        tables.values().stream())
                .flatMap(Function.identity())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** An event with what all of the source's events share. */
    AccessEvent.Builder event() {
        return AccessEvent.builder().hostName(host).serviceName(service);
    }

    /** Says what is touched, and what kind of data that is; null where it is no personal data, or unknown. */
    AccessEvent.Builder touch(AccessEvent.Builder event, @Nullable String touched) {
        return event.dataset(touched).dataCategories(touched == null ? List.of() : categories);
    }

    /** What a rule or a table says is touched, else what the source says. */
    @Nullable
    String touched(@Nullable String mapped) {
        return mapped == null ? dataset : mapped;
    }

    /** The first rule that matches any reading of a path. */
    @Nullable
    UrlRule urlRule(@Nullable String method, List<String> readings) {
        for (UrlRule rule : urls) {
            if (readings.stream().anyMatch(path -> rule.matches(method, path))) {
                return rule;
            }
        }
        return null;
    }

    /** A table's own dataset, or null where none is declared; the most exact name wins. */
    @Nullable
    String tableDataset(@Nullable String database, String table) {
        if (tables.isEmpty()) {
            return null;
        }
        String name = withoutDatabase(database, table.replace("\"", "").toLowerCase(Locale.ROOT));
        String inDatabase = database == null ? null : tables.get(database.toLowerCase(Locale.ROOT) + "." + name);
        if (inDatabase != null) {
            return inDatabase;
        }
        String mapped = tables.get(name);
        if (mapped != null) {
            return mapped;
        }
        int dot = name.lastIndexOf('.');
        return dot >= 0 ? tables.get(name.substring(dot + 1)) : ofAnySchema(database, name);
    }

    /** {@code crm.public.customers}, as PostgreSQL takes it in the database {@code crm}, is {@code public.customers}. */
    private static String withoutDatabase(@Nullable String database, String name) {
        String prefix = database == null ? "" : database.toLowerCase(Locale.ROOT) + ".";
        boolean isWhole = !prefix.isEmpty() && name.startsWith(prefix) && name.indexOf('.', prefix.length()) > 0;
        return isWhole ? name.substring(prefix.length()) : name;
    }

    /** Of the first table of a statement that has one, else of the first name: COPY and TRUNCATE have their table anywhere. */
    @Nullable
    String tableDataset(@Nullable String database, SqlStatement statement) {
        return Stream.concat(statement.tables().all().stream(), statement.names().stream())
                .map(name -> tableDataset(database, name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /**
     * A statement may name a table without the schema that the settings give it. Where tables of that name have different
     * datasets, those of the session's database count; where these differ too, it cannot be told.
     */
    private @Nullable String ofAnySchema(@Nullable String database, String bareName) {
        Set<String> everywhere = new HashSet<>();
        Set<String> inDatabase = new HashSet<>();
        tables.forEach((name, mapped) -> {
            if (name.endsWith("." + bareName)) {
                everywhere.add(mapped);
                if (database != null && name.startsWith(database.toLowerCase(Locale.ROOT) + ".")) {
                    inDatabase.add(mapped);
                }
            }
        });
        Set<String> candidates = inDatabase.isEmpty() ? everywhere : inDatabase;
        return candidates.size() == 1 ? candidates.iterator().next() : null;
    }
}
