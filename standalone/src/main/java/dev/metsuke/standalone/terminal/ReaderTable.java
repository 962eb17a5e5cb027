package dev.metsuke.standalone.terminal;

import static dev.metsuke.standalone.terminal.Numbers.counted;
import static dev.metsuke.standalone.terminal.Numbers.grouped;

import dev.metsuke.archive.find.PersonsReader;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Accounts that touched one person's data, as lines of a terminal. */
public final class ReaderTable {

    private static final int ACCOUNT_COLUMNS = 16;
    private static final int PERSON_COLUMNS = 36;

    private final DateTimeFormatter time;
    private final Directory directory;

    /** Whose account it is, where that is known. */
    @FunctionalInterface
    public interface Directory {
        @Nullable
        DirectoryEntry entryOf(AccountId account);
    }

    public ReaderTable(ZoneId zone, Directory directory) {
        time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT)
                .withZone(zone);
        this.directory = directory;
    }

    public String head() {
        return line("ACCOUNT", "PERSON", "ACCESSES", "FIRST", "LAST", "ACTIONS", "DATASETS");
    }

    public String row(PersonsReader reader) {
        DirectoryEntry entry = directory.entryOf(reader.account());
        String person = entry == null
                ? ""
                : Stream.of(entry.name(), entry.department())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(", "));
        return PlainText.of(line(
                reader.account().value(),
                person.isEmpty() ? "-" : person,
                grouped(reader.accesses()),
                time.format(reader.first()),
                time.format(reader.last()),
                counts(reader.actions(), 0),
                counts(reader.datasets(), reader.furtherDatasets())));
    }

    private static String line(
            String account,
            String person,
            String accesses,
            String first,
            String last,
            String actions,
            String datasets) {
        return "%s  %s  %8s  %-26s  %-26s  %-28s  %s"
                .formatted(
                        Columns.padded(account, ACCOUNT_COLUMNS),
                        Columns.padded(person, PERSON_COLUMNS),
                        accesses,
                        first,
                        last,
                        actions,
                        datasets);
    }

    public String json(PersonsReader reader) {
        DirectoryEntry entry = directory.entryOf(reader.account());
        Map<String, @Nullable Object> members = new HashMap<>();
        members.put("account", reader.account().value());
        if (entry != null) {
            members.put("person", entry.person());
            members.put("name", entry.name());
            members.put("department", entry.department());
        }
        members.put("accesses", reader.accesses());
        members.put("first", reader.first());
        members.put("last", reader.last());
        members.put("actions", reader.actions());
        members.put("datasets", reader.datasets());
        members.put("further_datasets", reader.furtherDatasets());
        return new String(CanonicalJson.bytes(members), StandardCharsets.UTF_8);
    }

    /**
     * What was found, and what cannot be known.
     *
     * @param names by which names the person was looked for
     * @param knowsPseudonym whether one of them is a pseudonym
     * @param nameless how many accesses of the same time name nobody
     */
    public static List<String> summary(
            List<String> names, boolean knowsPseudonym, long accounts, long accesses, long nameless) {
        List<String> lines = new ArrayList<>();
        lines.add(counted(accounts, "account", "accounts") + ", "
                + counted(accesses, "access that names", "accesses that name") + " this person (as "
                + PlainText.of(String.join(", ", names)) + ")");
        lines.add(counted(nameless, "other access of that time does", "other accesses of that time do")
                + " not say whose data was touched (the logs name no people): whether this person's was among it is"
                + " unknown");
        if (!knowsPseudonym) {
            lines.add("where a source replaces people by pseudonyms, this person is found with --key-file only");
        }
        return lines;
    }

    private static String counts(Map<String, Long> counts, long further) {
        String told = counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + grouped(entry.getValue()))
                .collect(Collectors.joining(", "));
        return further == 0 ? told : told + ", others " + grouped(further);
    }
}
