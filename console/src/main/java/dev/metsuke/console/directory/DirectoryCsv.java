package dev.metsuke.console.directory;

import dev.metsuke.console.entry.CsvTable;
import dev.metsuke.console.entry.EnteredText;
import dev.metsuke.console.entry.FileProblems;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.entry.WrittenTime;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The staff directory out of a CSV file: {@code account}, and where known {@code
 * person,name,email,department,employment,calendar,contract_end}; a contract that ends on a date holds through that day.
 * An empty cell says that there is nothing; a column that is not there says nothing. A contract that ends in the year 9999 has no
 * end.
 *
 * @param encoding in what the file was written
 * @param entries the rows that are right, in the order of the file
 * @param absent the columns that the file does not have
 * @param problems everything that is wrong, by line
 */
public record DirectoryCsv(String encoding, List<DirectoryEntry> entries, List<String> absent, List<Problem> problems) {

    private static final List<String> REQUIRED = List.of("account");
    private static final List<String> OPTIONAL =
            List.of("person", "name", "email", "department", "employment", "calendar", "contract_end");
    private static final List<String> NAMES = List.of("account", "person", "department", "employment", "calendar");

    /** As personnel systems write that there is no end; detection refuses an entry with such a time. */
    private static final Instant NO_END = Instant.parse("9999-01-01T00:00:00Z");

    public DirectoryCsv {
        entries = List.copyOf(entries);
        absent = List.copyOf(absent);
        problems = List.copyOf(problems);
    }

    /** A pure function of the file and the zone of its dates. */
    public static DirectoryCsv read(byte[] file, ZoneId zone) {
        CsvTable table = CsvTable.read(file, REQUIRED, OPTIONAL);
        FileProblems problems = FileProblems.of(table);
        Map<AccountId, DirectoryEntry> entries = new LinkedHashMap<>();
        for (CsvTable.Row row : table.rows()) {
            if (problems.endAt(row.line())) {
                break;
            }
            Optional<Instant> end = row.cell("contract_end").flatMap(written -> WrittenTime.parseEnd(written, zone));
            Optional<Text> wrongEnd = row.cell("contract_end").flatMap(written -> problem(written, end));
            List<Problem> ofNames = row.faultsOfNames(NAMES);
            if (row.cell("account").isEmpty()) {
                problems.add(new Problem(row.line(), "account", Text.of("entry.missing")));
            } else if (!ofNames.isEmpty()) {
                problems.addAll(ofNames);
            } else if (wrongEnd.isPresent()) {
                problems.add(new Problem(row.line(), "contract_end", wrongEnd.get()));
            } else {
                DirectoryEntry entry = entry(row, end);
                DirectoryEntry earlier = entries.putIfAbsent(entry.account(), entry);
                if (earlier != null && !earlier.equals(entry)) {
                    problems.add(new Problem(
                            row.line(),
                            "account",
                            Text.of("directory.account-twice", entry.account().value())));
                }
            }
        }
        List<String> absent = OPTIONAL.stream()
                .filter(column -> !table.columns().contains(column))
                .toList();
        return new DirectoryCsv(table.encoding(), List.copyOf(entries.values()), absent, problems.byLine());
    }

    /** The entries; what the file has no column for stays as it is known, unless the account has another holder now. */
    public List<DirectoryEntry> entriesOver(Function<AccountId, @Nullable DirectoryEntry> known) {
        return entries.stream()
                .map(said -> over(known.apply(said.account()), said))
                .toList();
    }

    /** What becomes of the columns that the file does not have. */
    public Handover handover(Function<AccountId, @Nullable DirectoryEntry> known) {
        List<AccountId> accounts = new ArrayList<>();
        for (DirectoryEntry said : entries) {
            DirectoryEntry before = known.apply(said.account());
            if (before != null && hasChangedHands(before, said)) {
                accounts.add(said.account());
            }
        }
        return new Handover(
                accounts,
                accounts.isEmpty() ? List.of() : absent,
                accounts.size() == entries.size() ? List.of() : absent);
    }

    private DirectoryEntry over(@Nullable DirectoryEntry known, DirectoryEntry said) {
        if (known == null || hasChangedHands(known, said)) {
            // Whoever has it, it is the provider's account still, which it may switch off.
            return known == null ? said : said.keptAs(known.provisioned());
        }
        return new DirectoryEntry(
                said.account(),
                over("person", known.person(), said.person()),
                over("name", known.name(), said.name()),
                over("email", known.email(), said.email()),
                over("department", known.department(), said.department()),
                over("employment", known.employment(), said.employment()),
                over("calendar", known.calendar(), said.calendar()),
                over("contract_end", known.contractEnd(), said.contractEnd()),
                known.provisioned());
    }

    private boolean hasChangedHands(DirectoryEntry known, DirectoryEntry said) {
        return !absent.contains("person")
                && known.person() != null
                && !EnteredText.halfWidth(known.person()).equals(said.person());
    }

    private <T> @Nullable T over(String column, @Nullable T known, @Nullable T said) {
        return absent.contains(column) ? known : said;
    }

    private static Optional<Text> problem(String written, Optional<Instant> read) {
        return read.isEmpty() ? Optional.of(WrittenTime.unreadable(written)) : WrittenTime.problem(written, read.get());
    }

    private static DirectoryEntry entry(CsvTable.Row row, Optional<Instant> contractEnd) {
        return new DirectoryEntry(
                new AccountId(row.cell("account").orElseThrow()),
                row.cell("person").map(EnteredText::halfWidth).orElse(null),
                row.cells().get("name"),
                row.cells().get("email"),
                row.cells().get("department"),
                row.cells().get("employment"),
                row.cells().get("calendar"),
                contractEnd.filter(end -> end.isBefore(NO_END)).orElse(null));
    }
}
