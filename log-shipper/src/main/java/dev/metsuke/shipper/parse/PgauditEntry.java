package dev.metsuke.shipper.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What pgaudit wrote: {@code TYPE,STATEMENT,SUBSTATEMENT,CLASS,COMMAND,OBJECT TYPE,OBJECT,TEXT,PARAMETERS,ROWS}
 * (https://github.com/pgaudit/pgaudit/blob/main/README.md#format).
 *
 * @param ofObject whether it is an object's audit (by pgaudit.role) rather than a session's
 * @param number the statement's within the session, and that of what it runs
 * @param type what it is about, such as {@code READ}
 * @param command such as {@code SELECT}
 * @param objectType such as {@code TABLE}; nothing without pgaudit.log_relation
 * @param object such as {@code public.customers}; nothing where there is no one such
 * @param text the statement's, or what stands for it
 * @param hasRows whether rows are counted (pgaudit.log_rows)
 * @param rows how many there were, where that is known
 */
record PgauditEntry(
        boolean ofObject,
        String number,
        String type,
        String command,
        String objectType,
        String object,
        String text,
        boolean hasRows,
        @Nullable Long rows) {

    static final int FEWEST_FIELDS = 9;

    private static final int TYPE = 0;
    private static final int STATEMENT = 1;
    private static final int SUBSTATEMENT = 2;
    private static final int CLASS = 3;
    private static final int COMMAND = 4;
    private static final int OBJECT_TYPE = 5;
    private static final int OBJECT = 6;
    private static final int TEXT = 7;
    private static final int ROWS = 9;

    static PgauditEntry of(List<String> fields) {
        boolean hasRows = fields.size() > ROWS;
        return new PgauditEntry(
                fields.get(TYPE).equals("OBJECT"),
                fields.get(STATEMENT) + "," + fields.get(SUBSTATEMENT),
                fields.get(CLASS),
                fields.get(COMMAND),
                fields.get(OBJECT_TYPE),
                fields.get(OBJECT),
                fields.get(TEXT),
                hasRows,
                hasRows ? rows(fields.get(ROWS)) : null);
    }

    private static @Nullable Long rows(String written) {
        try {
            return written.isEmpty() || written.startsWith("-") ? null : Long.valueOf(written);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** For utility statements pgaudit reports 0 rows and means that it does not know. */
    @Nullable
    Long knownRows() {
        return rows == null || rows == 0 ? null : rows;
    }
}
