package dev.metsuke.shipper.parse;

import dev.metsuke.operations.settings.Default;
import dev.metsuke.shipper.tail.Framing;

/**
 * JSON of MySQL Enterprise Audit, of Percona's audit log filter, or of Percona's audit log plugin.
 *
 * @param told whether {@code statements} or {@code tables} (table_access) are the accesses, where both are logged
 */
public record MysqlAuditJson(@Default("statements") Told told) implements Format {
    @Override
    public LineParser parser(SourceRules rules) {
        return new MysqlJsonParser(rules, told);
    }

    @Override
    public Framing framing(Encoding encoding) {
        return new JsonObjectsFraming();
    }
}
