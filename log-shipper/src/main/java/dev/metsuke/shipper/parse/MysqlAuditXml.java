package dev.metsuke.shipper.parse;

import dev.metsuke.operations.settings.Default;
import dev.metsuke.shipper.tail.Framing;

/**
 * XML of MySQL Enterprise Audit or of Percona, old or new style.
 *
 * @param told whether {@code statements} or {@code tables} are the accesses, where both are logged
 */
public record MysqlAuditXml(@Default("statements") Told told) implements Format {
    @Override
    public LineParser parser(SourceRules rules) {
        return new MysqlXmlParser(rules, told);
    }

    @Override
    public Framing framing(Encoding encoding) {
        return new MysqlXmlFraming();
    }
}
