package dev.metsuke.shipper.parse;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code AUDIT_RECORD} of MySQL Enterprise's or Percona's XML, its fields as attributes ({@code OLD}) or as elements
 * ({@code NEW}) (https://dev.mysql.com/doc/refman/8.4/en/audit-log-file-formats.html).
 */
final class MysqlXmlParser implements LineParser {

    // Neither pattern has a choice to make, so neither can hang.
    private static final Pattern ATTRIBUTE = Pattern.compile("([A-Z_]++)=\"([^\"]*+)\"");
    private static final Pattern TAG = Pattern.compile("<(/?)([A-Z_]++)(/?)>");
    /** How deep the fields are: in the record. */
    private static final int FIELD = 2;

    private static final Pattern ENTITY = Pattern.compile("&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));");

    private final MysqlRecords records;

    MysqlXmlParser(SourceRules rules, Told told) {
        this.records = new MysqlRecords(new MysqlAccess(rules, told, true), rules.zone());
    }

    @Override
    public ParseResult parse(String record) {
        if (!record.startsWith("<AUDIT_RECORD") || !(record.endsWith("/>") || record.endsWith("</AUDIT_RECORD>"))) {
            return ParseResult.rejected("not a whole AUDIT_RECORD");
        }
        return records.interpret((record.startsWith("<AUDIT_RECORD>") ? elements(record) : attributes(record))::get);
    }

    private static Map<String, String> attributes(String record) {
        Map<String, String> fields = new HashMap<>();
        Matcher attribute = ATTRIBUTE.matcher(record);
        while (attribute.find()) {
            put(fields, attribute.group(1), attribute.group(2));
        }
        return fields;
    }

    /** The record's own: what its connection attributes are called is no field's name. */
    private static Map<String, String> elements(String record) {
        Map<String, String> fields = new HashMap<>();
        Matcher tag = TAG.matcher(record);
        int depth = 0;
        int valueStart = 0;
        while (tag.find()) {
            boolean closes = !tag.group(1).isEmpty();
            boolean opens = !closes && tag.group(3).isEmpty();
            if (opens && ++depth == FIELD) {
                valueStart = tag.end();
            } else if (closes && depth-- == FIELD) {
                put(fields, tag.group(2), record.substring(valueStart, tag.start()));
            }
        }
        return fields;
    }

    private static void put(Map<String, String> fields, String name, String written) {
        // What holds elements is no text.
        if (!written.isBlank() && written.indexOf('<') < 0) {
            fields.put(name.toLowerCase(Locale.ROOT), unescaped(written));
        }
    }

    private static String unescaped(String text) {
        return text.indexOf('&') < 0
                ? text
                : ENTITY.matcher(text).replaceAll(entity -> Matcher.quoteReplacement(character(entity)));
    }

    private static String character(java.util.regex.MatchResult entity) {
        if (entity.group(3) != null) {
            return switch (entity.group(3)) {
                case "lt" -> "<";
                case "gt" -> ">";
                case "amp" -> "&";
                case "quot" -> "\"";
                case "apos" -> "'";
                default -> entity.group();
            };
        }
        int code = entity.group(1) != null ? Integer.parseInt(entity.group(1), 16) : Integer.parseInt(entity.group(2));
        return Character.isValidCodePoint(code) ? Character.toString(code) : entity.group();
    }
}
