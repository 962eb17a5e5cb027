package dev.metsuke.shipper.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The tables that a statement names: what stands behind FROM, JOIN, INTO, UPDATE, TABLE and MERGE's USING, and behind the
 * commas of such a list.
 *
 * @param all in their order
 * @param read those that are read from
 * @param written the others
 */
record SqlTables(List<String> all, List<String> read, List<String> written) {

    private static final Set<String> LISTS = Set.of("from", "update", "table");
    private static final Set<String> READING = Set.of("from", "join", "straight_join", "table", "using");
    private static final Set<String> BEFORE_TABLE =
            Set.of("from", "join", "straight_join", "into", "update", "table", "using");
    /** {@code FOR UPDATE}, {@code DO UPDATE SET}, {@code ON DUPLICATE KEY UPDATE}, {@code ON UPDATE}. */
    private static final Set<String> BEFORE_OTHER_UPDATE = Set.of("for", "do", "key", "on");

    private static final Set<String> BEFORE_FROM = Set.of("select", "update", "delete");
    private static final Set<String> BEFORE_TARGET = Set.of("into", "create", "temporary", "truncate");
    /** What may stand between such a word and the table. */
    private static final Set<String> SKIPPED =
            Set.of("only", "lateral", "if", "not", "exists", "ignore", "low_priority");

    /** Rows that the server makes of what it is given, or of nothing, rather than read them from a table. */
    private static final Set<String> ROWS_OF_NO_TABLE = Set.of(
            "generate_series",
            "generate_subscripts",
            "json_array_elements",
            "json_array_elements_text",
            "json_each",
            "json_each_text",
            "json_object_keys",
            "json_populate_recordset",
            "json_table",
            "json_to_record",
            "json_to_recordset",
            "jsonb_array_elements",
            "jsonb_array_elements_text",
            "jsonb_each",
            "jsonb_each_text",
            "jsonb_object_keys",
            "jsonb_path_query",
            "jsonb_populate_recordset",
            "jsonb_to_record",
            "jsonb_to_recordset",
            "regexp_matches",
            "regexp_split_to_table",
            "string_to_table",
            "unnest",
            "xmltable");

    private static final Set<String> NO_TABLES = Set.of("select", "values", "with", "set", "outfile", "dumpfile");
    private static final Set<String> BEHIND_LIST = Set.of(
            "where",
            "group",
            "having",
            "order",
            "limit",
            "offset",
            "fetch",
            "for",
            "window",
            "union",
            "intersect",
            "except",
            "select",
            "values",
            "set",
            "returning");

    static SqlTables of(List<SqlToken> tokens) {
        Finder finder = new Finder();
        tokens.forEach(finder::next);
        return new SqlTables(List.copyOf(finder.all), List.copyOf(finder.read), List.copyOf(finder.written));
    }

    /** Those that are read for others: whether a row is there already is asked of the table itself. */
    List<String> feeding() {
        return read.stream()
                .filter(source -> written.stream().noneMatch(source::equalsIgnoreCase))
                .toList();
    }

    private static final class Finder {

        private final List<String> all = new ArrayList<>();
        private final List<String> read = new ArrayList<>();
        private final List<String> written = new ArrayList<>();
        private final Deque<Place> outer = new ArrayDeque<>();
        private Place place = Place.outermost();
        private String previous = "";
        /** Whether the previous piece is what is read from. */
        private boolean isReadFrom;

        void next(SqlToken token) {
            int sources = read.size();
            if (token.isSymbol('(')) {
                if (isReadFrom && ROWS_OF_NO_TABLE.contains(previous)) {
                    all.removeLast();
                    read.removeLast();
                }
                outer.push(place);
                place = place.inner();
            } else if (token.isSymbol(')')) {
                place = outer.isEmpty() ? Place.outermost() : outer.pop();
                place.awaitsTable = false;
            } else if (token.isSymbol(';')) {
                outer.clear();
                place = Place.outermost();
            } else if (token.isSymbol(',')) {
                place.awaitsTable = place.isList;
            } else {
                piece(token);
            }
            isReadFrom = read.size() > sources;
            previous = token.keyWord();
        }

        /** {@code extract(epoch FROM now())} and {@code JOIN … USING (id)} name no table; STRAIGHT_JOIN behind SELECT is a hint. */
        private boolean meansOther(String word) {
            return (word.equals("from") && !place.isStatement)
                    || (word.equals("using") && !place.isMerge)
                    || (word.equals("update") && BEFORE_OTHER_UPDATE.contains(previous))
                    || (word.equals("straight_join") && !place.isList);
        }

        private void piece(SqlToken token) {
            String word = token.keyWord();
            place.isStatement |= BEFORE_FROM.contains(word);
            place.isMerge |= word.equals("merge");
            if (BEFORE_TABLE.contains(word) && !meansOther(word)) {
                // What behind INTO TABLE is written to remains so.
                place.reads = READING.contains(word) && !(word.equals("table") && BEFORE_TARGET.contains(previous));
                place.isList = LISTS.contains(word) || (place.isList && !word.equals("into"));
                place.awaitsTable = true;
            } else if (place.awaitsTable && !SKIPPED.contains(word)) {
                if (token.kind() != SqlToken.Kind.CONSTANT
                        && token.kind() != SqlToken.Kind.SYMBOL
                        && !NO_TABLES.contains(word)) {
                    all.add(token.text());
                    (place.reads ? read : written).add(token.text());
                }
                place.awaitsTable = false;
            }
            if (BEHIND_LIST.contains(word)) {
                place.isList = false;
            }
        }
    }

    /** Where in a statement, at one depth of parentheses. */
    private static final class Place {

        private boolean isStatement;
        private boolean isMerge;
        private boolean isList;
        private boolean awaitsTable;
        private boolean reads;

        static Place outermost() {
            Place outermost = new Place();
            outermost.isStatement = true;
            return outermost;
        }

        /** {@code FROM (customers JOIN …)} goes on with tables, {@code f(a, b)} does not. */
        Place inner() {
            Place inner = new Place();
            inner.isList = awaitsTable;
            inner.awaitsTable = awaitsTable;
            inner.reads = reads;
            return inner;
        }
    }
}
