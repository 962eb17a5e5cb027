package dev.metsuke.shipper.parse;

/** Apache's and nginx's {@code combined}. */
public record Combined() implements Format {
    @Override
    public LineParser parser(SourceRules rules) {
        return new CombinedParser(rules);
    }
}
