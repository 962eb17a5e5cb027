package dev.metsuke.console.entry;

import dev.metsuke.console.language.Text;
import dev.metsuke.events.account.VisibleText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file (RFC 4180) as rows by column name, with everything that is wrong with its form; columns may stand in any
 * order.
 *
 * @param encoding in what it was written; empty text where that could not be told
 * @param columns the columns that it has, of those that are known
 * @param rows the rows that have all their cells
 * @param problems what could not be read
 */
public record CsvTable(String encoding, Set<String> columns, List<Row> rows, List<Problem> problems) {

    /** Enough for any company's staff; more is a mistake or an attack. */
    public static final int MOST_BYTES = 20 * 1024 * 1024;

    private static final int MOST_ROWS = 200_000;
    private static final int LONGEST_CELL = 2_000;

    public CsvTable {
        columns = Set.copyOf(columns);
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
    }

    /**
     * One row.
     *
     * @param line where it starts, from 1
     * @param cells its cells by column name, without surrounding blanks; empty ones are left out
     */
    public record Row(int line, Map<String, String> cells) {

        public Row {
            cells = Map.copyOf(cells);
        }

        public Optional<String> cell(String column) {
            return Optional.ofNullable(cells.get(column));
        }

        /** What is wrong with the names in these columns. */
        public List<Problem> faultsOfNames(List<String> columns) {
            List<Problem> faults = new ArrayList<>();
            for (String column : columns) {
                cell(column)
                        .flatMap(EnteredText::faultOfName)
                        .ifPresent(fault -> faults.add(new Problem(line, column, fault)));
            }
            return faults;
        }
    }

    /**
     * Reads a file.
     *
     * @param bytes the file
     * @param required columns that must be there
     * @param optional columns that may be there; any other is a problem
     */
    public static CsvTable read(byte[] bytes, List<String> required, List<String> optional) {
        if (bytes.length > MOST_BYTES) {
            return broken(Text.of("entry.csv.too-large", bytes.length, MOST_BYTES));
        }
        Optional<TextEncoding.Decoded> decoded = TextEncoding.decode(bytes);
        if (decoded.isEmpty()) {
            return broken(Text.of("entry.csv.encoding"));
        }
        String encoding = decoded.get().encoding().name();
        SeparatedText text = SeparatedText.of(decoded.get().text());
        Optional<Problem> separator = text.otherSeparator(required, Reading::columnName);
        if (separator.isPresent()) {
            return new CsvTable(encoding, Set.of(), List.of(), List.of(separator.get()));
        }
        Reading reading = new Reading(required, optional);
        try (CSVParser parser = CSVParser.parse(text.text(), SeparatedText.FORMAT)) {
            reading.readAll(parser);
        } catch (IOException | UncheckedIOException e) {
            reading.problems.add(new Problem(reading.line, null, Text.of("entry.csv.broken")));
        }
        reading.finish();
        return new CsvTable(encoding, Set.copyOf(reading.columns.values()), reading.rows, reading.problems.byLine());
    }

    private static CsvTable broken(Text message) {
        return new CsvTable("", Set.of(), List.of(), List.of(new Problem(null, null, message)));
    }

    private static final class Reading {

        private final List<String> required;
        private final List<String> optional;
        private final List<Row> rows = new ArrayList<>();
        private final FileProblems problems = new FileProblems();
        private final Map<Integer, String> columns = new LinkedHashMap<>();
        private int line = 1;
        private int width;
        private boolean headed;

        Reading(List<String> required, List<String> optional) {
            this.required = required;
            this.optional = optional;
        }

        void readAll(CSVParser parser) {
            for (CSVRecord row : parser) {
                int next = (int) parser.getCurrentLineNumber() + 1;
                if (!isBlank(row)) {
                    if (!headed) {
                        header(row);
                    } else if (rows.size() == MOST_ROWS) {
                        problems.add(new Problem(line, null, Text.of("entry.csv.too-many-rows", MOST_ROWS)));
                        return;
                    } else if (problems.endAt(line)) {
                        return;
                    } else if (!columns.isEmpty()) {
                        row(row);
                    }
                }
                line = Math.max(next, line + 1);
            }
        }

        void finish() {
            if (!headed && problems.isEmpty()) {
                problems.add(new Problem(1, null, Text.of("entry.csv.empty", new ColumnNames.Listed(required))));
            }
        }

        private void header(CSVRecord row) {
            headed = true;
            width = row.size();
            TreeSet<String> missing = new TreeSet<>(required);
            for (int i = 0; i < row.size() && !problems.endAt(line); i++) {
                String name = columnName(row.get(i));
                if (columns.containsValue(name)) {
                    problems.add(new Problem(line, name, Text.of("entry.csv.column-twice")));
                } else if (required.contains(name) || optional.contains(name)) {
                    columns.put(i, name);
                    missing.remove(name);
                } else if (!name.isEmpty()) {
                    problems.add(new Problem(line, name, Text.of("entry.csv.unknown-column", known())));
                }
            }
            if (problems.endAt(line)) {
                columns.clear();
                return;
            }
            for (String name : missing) {
                problems.add(new Problem(line, name, Text.of("entry.csv.missing-column", known())));
            }
            if (!missing.isEmpty()) {
                columns.clear();
            }
        }

        private static String columnName(String cell) {
            return ColumnNames.of(cell);
        }

        private void row(CSVRecord row) {
            if (row.size() != width && !lacksEmptyCellsAlone(row)) {
                problems.add(new Problem(line, null, Text.of("entry.csv.other-width", row.size(), width)));
                return;
            }
            Map<String, String> cells = new HashMap<>();
            boolean good = true;
            for (Map.Entry<Integer, String> column : columns.entrySet()) {
                String cell = column.getKey() < row.size() ? VisibleText.trimmed(row.get(column.getKey())) : "";
                Text fault = fault(cell);
                if (fault != null) {
                    problems.add(new Problem(line, column.getValue(), fault));
                    good = false;
                } else if (!cell.isEmpty()) {
                    cells.put(column.getValue(), cell);
                }
            }
            if (good) {
                rows.add(new Row(line, cells));
            }
        }

        /** Spreadsheet programs leave out a row's last cells where these and those below are empty. */
        private boolean lacksEmptyCellsAlone(CSVRecord row) {
            return row.size() < width
                    && columns.entrySet().stream()
                            .noneMatch(column -> column.getKey() >= row.size() && required.contains(column.getValue()));
        }

        private Text known() {
            List<String> known = new ArrayList<>(required);
            known.addAll(optional);
            return new ColumnNames.Listed(known);
        }

        private static @Nullable Text fault(String cell) {
            if (cell.length() > LONGEST_CELL) {
                return Text.of("entry.too-long", cell.length(), LONGEST_CELL);
            }
            return EnteredText.fault(cell).orElse(null);
        }

        private static boolean isBlank(CSVRecord row) {
            return row.stream().allMatch(cell -> VisibleText.trimmed(cell).isEmpty());
        }
    }
}
