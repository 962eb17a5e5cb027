package dev.metsuke.console.directory;

import dev.metsuke.console.entry.CsvTable;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.entry.WrittenTime;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The staff directory out of a CSV file: {@code account}, and where known {@code
 * person,name,email,department,employment,calendar,contract_end}; a contract that ends on a date holds through that day.
 *
 * @param encoding in what the file was written
 * @param entries the rows that are right, in the order of the file
 * @param problems everything that is wrong, by line
 */
public record DirectoryCsv(String encoding, List<DirectoryEntry> entries, List<Problem> problems) {

    private static final List<String> REQUIRED = List.of("account");
    private static final List<String> OPTIONAL =
            List.of("person", "name", "email", "department", "employment", "calendar", "contract_end");

    public DirectoryCsv {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }

    /** A pure function of the file and the zone of its dates. */
    public static DirectoryCsv read(byte[] file, ZoneId zone) {
        CsvTable table = CsvTable.read(file, REQUIRED, OPTIONAL);
        List<Problem> problems = new ArrayList<>(table.problems());
        Map<AccountId, DirectoryEntry> entries = new LinkedHashMap<>();
        for (CsvTable.Row row : table.rows()) {
            Optional<Instant> end = row.cell("contract_end").flatMap(written -> WrittenTime.parseEnd(written, zone));
            if (row.cell("account").isEmpty()) {
                problems.add(new Problem(row.line(), "account", "is missing"));
            } else if (row.cell("contract_end").isPresent() && end.isEmpty()) {
                problems.add(new Problem(
                        row.line(),
                        "contract_end",
                        "is “" + row.cell("contract_end").get() + "”; write " + WrittenTime.FORMS));
            } else if (end.filter(WrittenTime::isTooEarly).isPresent()) {
                problems.add(new Problem(
                        row.line(),
                        "contract_end",
                        "is " + row.cell("contract_end").get() + ", before 1990: a slip of the pen?"));
            } else {
                DirectoryEntry entry = entry(row, end);
                DirectoryEntry earlier = entries.putIfAbsent(entry.account(), entry);
                if (earlier != null && !earlier.equals(entry)) {
                    problems.add(new Problem(
                            row.line(),
                            "account",
                            "“" + entry.account() + "” stands there twice, with different data"));
                }
            }
        }
        problems.sort(Comparator.comparingInt(Problem::lineOrZero));
        return new DirectoryCsv(table.encoding(), List.copyOf(entries.values()), problems);
    }

    private static DirectoryEntry entry(CsvTable.Row row, Optional<Instant> contractEnd) {
        return new DirectoryEntry(
                new AccountId(row.cell("account").orElseThrow()),
                row.cells().get("person"),
                row.cells().get("name"),
                row.cells().get("email"),
                row.cells().get("department"),
                row.cells().get("employment"),
                row.cells().get("calendar"),
                contractEnd.orElse(null));
    }
}
