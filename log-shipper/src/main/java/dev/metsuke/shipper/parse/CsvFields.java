package dev.metsuke.shipper.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields between separators; a field in quotes may hold separators, line ends, and quotes written twice. */
final class CsvFields {

    private CsvFields() {}

    /** The fields, or null where a quote is not closed or stands where none can. */
    static @Nullable List<String> of(String record) {
        return of(record, ',', '"');
    }

    static @Nullable List<String> of(String record, char separator, char quote) {
        List<String> fields = new ArrayList<>(26);
        int length = record.length();
        int position = 0;
        while (true) {
            int end;
            if (position < length && record.charAt(position) == quote) {
                end = closingQuote(record, position + 1, quote);
                if (end < 0 || (end + 1 < length && record.charAt(end + 1) != separator)) {
                    return null;
                }
                String quoted = record.substring(position + 1, end);
                fields.add(quoted.indexOf(quote) < 0 ? quoted : unescaped(quoted, quote));
                end++;
            } else {
                end = record.indexOf(separator, position);
                end = end < 0 ? length : end;
                fields.add(record.substring(position, end));
            }
            if (end >= length) {
                return fields;
            }
            position = end + 1;
        }
    }

    private static String unescaped(String quoted, char quote) {
        String once = String.valueOf(quote);
        return quoted.replace(once + once, once);
    }

    private static int closingQuote(String record, int from, char quote) {
        int found = record.indexOf(quote, from);
        while (found >= 0 && found + 1 < record.length() && record.charAt(found + 1) == quote) {
            found = record.indexOf(quote, found + 2);
        }
        return found;
    }
}
