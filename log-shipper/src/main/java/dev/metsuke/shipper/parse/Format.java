package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.tail.Framing;
import dev.metsuke.shipper.tail.LineFraming;
import org.jspecify.annotations.Nullable;

/**
 * How a source's log is written; each format brings its settings, its parser and its idea of where a record ends. In the
 * settings it goes by its record's name.
 */
public sealed interface Format
        permits JsonLines,
                Json,
                Csv,
                Regex,
                LogFormat,
                Combined,
                PgauditCsv,
                PgauditJson,
                PgauditStderr,
                Cloudtrail,
                MariadbAudit,
                MysqlAuditJson,
                MysqlAuditXml,
                Microsoft365,
                GoogleWorkspace,
                Okta,
                Syslog,
                Container,
                MultiLine {

    LineParser parser(SourceRules rules);

    default Framing framing(Encoding encoding) {
        return new LineFraming();
    }

    /** Whether a record that a file begins with is none to be read the others by. */
    default boolean precedesHeader(String record) {
        return record.isBlank();
    }

    /** What the settings map, where the format does not know its fields itself. */
    default @Nullable EventMapping mapping() {
        return null;
    }

    /** False where a record's time is known only from an envelope around it. */
    default boolean tellsTime() {
        return true;
    }

    /** Whether it stands around another format; a line of syslog's, or of a container's, holds none that does. */
    default boolean isEnvelope() {
        return false;
    }

    /** Whether a record names the host that wrote it, so that its envelope need not. */
    default boolean namesHost() {
        EventMapping mapping = mapping();
        return mapping != null && mapping.host() != null;
    }
}
