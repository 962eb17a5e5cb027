package dev.metsuke.shipper.parse;

import dev.metsuke.operations.settings.Default;

/**
 * The file of MariaDB's {@code server_audit}.
 *
 * @param told whether {@code statements} (QUERY) or {@code tables} (TABLE) are the accesses, where both are logged
 */
public record MariadbAudit(@Default("statements") Told told) implements Format {
    @Override
    public LineParser parser(SourceRules rules) {
        return new MariadbAuditParser(rules, told);
    }
}
