package dev.metsuke.shipper.parse;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A CSV record, its columns named by the settings or by the file's header. */
final class CsvParser implements LineParser {

    private static final String HEADER_LINE = "header line";
    private static final String ABOVE_HEADER = "; where lines stand above the header, ignore must match them";
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

    private final Csv format;
    private final EventMapper mapper;
    private final List<String> mapped;
    private final char separator;
    private final char quote;
    // A file has one header; the next file's is read when it comes.
    private Header header;

    CsvParser(Csv format, SourceRules rules) {
        this.format = format;
        mapper = new EventMapper(format.mapping(), rules);
        mapped = mapper.pointers().stream().map(JsonPointer::name).toList();
        separator = format.separator().charAt(0);
        quote = format.quote().charAt(0);
        header = header("", format.columns());
    }

    @Override
    public ParseResult parse(String line) {
        return parse(line, RecordContext.NONE);
    }

    @Override
    public ParseResult parse(String line, RecordContext context) {
        if (format.ignore() != null && format.precedesHeader(line)) {
            return new ParseResult.Ignored("line that the source ignores");
        }
        String first = format.header() ? context.firstRecord() : null;
        boolean isFirst = line.equals(first);
        if (isFirst && format.columns().isEmpty()) {
            return new ParseResult.Ignored(HEADER_LINE);
        }
        List<String> fields = CsvFields.of(line, separator, quote);
        if (fields == null) {
            return ParseResult.rejected("not a CSV record: a quote is not closed, or stands within a field"
                    + otherSeparator(line, others -> others.size() > 1));
        }
        if (format.columns().isEmpty()) {
            if (first == null) {
                return ParseResult.rejected(
                        "the header, this file's first line, is not at hand; name the columns instead");
            }
            if (!first.equals(header.line)) {
                List<String> names = CsvFields.of(first, separator, quote);
                header = header(first, names == null ? List.of() : names);
            }
        } else if (format.header() && fields.equals(format.columns())) {
            return new ParseResult.Ignored(HEADER_LINE);
        }
        ParseResult result = record(line, fields, context);
        // What the settings name in other words is a header, too; a file that was cut begins with a record.
        return isFirst && result instanceof ParseResult.Rejected ? new ParseResult.Ignored(HEADER_LINE) : result;
    }

    private ParseResult record(String line, List<String> fields, RecordContext context) {
        if (header.missing != null) {
            return ParseResult.rejected("there is no column " + header.missing + " in the header; it has "
                    + String.join(", ", header.columns)
                    + (fields.size() == header.columns.size() ? "" : ABOVE_HEADER)
                    + otherSeparator(header.line, others -> stripped(others).contains(header.missing)));
        }
        if (fields.size() != header.columns.size()) {
            return ParseResult.rejected("the record has " + fields.size() + " fields, and not " + header.columns.size()
                    + " as it has columns" + otherSeparator(line, others -> others.size() == header.columns.size()));
        }
        @Nullable String[] values = new @Nullable String[header.places.size()];
        for (int i = 0; i < values.length; i++) {
            int place = header.places.get(i);
            // A field with nothing in it says nothing.
            values[i] = place < 0 || fields.get(place).isEmpty() ? null : fields.get(place);
        }
        return mapper.map(values, context);
    }

    /** What to set where another separator finds fields that fit, as in what spreadsheets write where numbers have commas. */
    private String otherSeparator(String line, Predicate<List<String>> fits) {
        for (char other : SEPARATORS) {
            List<String> fields = other == separator || other == quote ? null : CsvFields.of(line, other, quote);
            if (fields != null && fits.test(fields)) {
                String written = other == '\t' ? "\\t" : String.valueOf(other);
                return "; the line seems to have another separator, so set separator: \"" + written + "\"";
            }
        }
        return "";
    }

    private static List<String> stripped(List<String> names) {
        return names.stream().map(String::strip).toList();
    }

    private Header header(String line, List<String> names) {
        List<String> columns = stripped(names);
        List<Integer> places = mapped.stream().map(columns::indexOf).toList();
        String missing = null;
        for (int i = 0; i < places.size() && missing == null; i++) {
            boolean mayLack = format.mapping().mayLack(mapper.pointers().get(i));
            missing = places.get(i) < 0 && !mayLack ? mapped.get(i) : null;
        }
        return new Header(line, columns, places, missing);
    }

    /**
     * What a file's columns are.
     *
     * @param places of the mapped columns, in the mapping's order
     * @param missing a mapped column that is none of these
     */
    private record Header(
            String line,
            List<String> columns,
            List<Integer> places,
            @Nullable String missing) {}
}
