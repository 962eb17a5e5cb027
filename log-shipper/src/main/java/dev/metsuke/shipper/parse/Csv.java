package dev.metsuke.shipper.parse;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import dev.metsuke.operations.settings.Inline;
import dev.metsuke.shipper.tail.Framing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CSV; a column is mapped as {@code /its name}.
 *
 * @param header whether a file begins with a line of its columns' names; where columns are given, one that begins with a
 *     record is read as well
 * @param columns their names in order, where the header does not say; required without one
 * @param separator one ASCII character
 * @param quote one ASCII character
 * @param ignore regular expression (RE2) of lines that are no records, such as comments, and what stands above the header
 * @param mapping which of the columns are which fields
 */
public record Csv(
        @Default("true") boolean header,
        List<String> columns,
        @Default(",") String separator,
        @Default("\"") String quote,
        @Nullable TextPattern ignore,
        @Inline EventMapping mapping)
        implements Format {

    public Csv {
        columns = List.copyOf(columns);
        Check.that()
                .holds(header || !columns.isEmpty(), "columns must be named where there is no header")
                .holds(isAscii(separator), "separator must be one ASCII character")
                .holds(isAscii(quote) && !quote.equals(separator), "quote must be one ASCII character of its own")
                .orThrow();
        if (!columns.isEmpty()) {
            mapping.requireNamed(columns);
        }
    }

    private static boolean isAscii(String text) {
        return text.length() == 1 && text.charAt(0) < 128 && "\r\n".indexOf(text.charAt(0)) < 0;
    }

    @Override
    public LineParser parser(SourceRules rules) {
        return new CsvParser(this, rules);
    }

    @Override
    public boolean precedesHeader(String record) {
        return record.isBlank() || (ignore != null && ignore.matches(record));
    }

    @Override
    public Framing framing(Encoding encoding) {
        return new CsvFraming(separator.charAt(0), quote.charAt(0), encoding);
    }
}
