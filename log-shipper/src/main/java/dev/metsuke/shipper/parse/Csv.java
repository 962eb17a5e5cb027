package dev.metsuke.shipper.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields between commas; a field in double quotes may hold commas, line ends, and quotes written twice. */
final class Csv {

    private Csv() {}

    /** The fields, or null where a quote is not closed or stands where none can. */
    static @Nullable List<String> fields(String record) {
        List<String> fields = new ArrayList<>(26);
        int length = record.length();
        int position = 0;
        while (true) {
            int end;
            if (position < length && record.charAt(position) == '"') {
                end = closingQuote(record, position + 1);
                if (end < 0 || (end + 1 < length && record.charAt(end + 1) != ',')) {
                    return null;
                }
                String quoted = record.substring(position + 1, end);
                fields.add(quoted.indexOf('"') < 0 ? quoted : quoted.replace("\"\"", "\""));
                end++;
            } else {
                end = record.indexOf(',', position);
                end = end < 0 ? length : end;
                fields.add(record.substring(position, end));
            }
            if (end >= length) {
                return fields;
            }
            position = end + 1;
        }
    }

    private static int closingQuote(String record, int from) {
        int quote = record.indexOf('"', from);
        while (quote >= 0 && quote + 1 < record.length() && record.charAt(quote + 1) == '"') {
            quote = record.indexOf('"', quote + 2);
        }
        return quote;
    }
}
