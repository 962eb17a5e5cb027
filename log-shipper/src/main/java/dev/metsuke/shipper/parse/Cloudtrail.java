package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.tail.Framing;

/** AWS CloudTrail's files: one JSON document with {@code Records}, each of which is a record. */
public record Cloudtrail() implements Format {
    @Override
    public LineParser parser(SourceRules rules) {
        return new CloudtrailParser(rules);
    }

    @Override
    public Framing framing(Encoding encoding) {
        return JsonObjectsFraming.within("Records");
    }
}
