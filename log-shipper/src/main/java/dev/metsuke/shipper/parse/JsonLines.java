package dev.metsuke.shipper.parse;

import dev.metsuke.operations.settings.Inline;

/**
 * One JSON object a line, its values mapped by JSON Pointer.
 *
 * @param mapping which of the object's values are which fields
 */
public record JsonLines(@Inline EventMapping mapping) implements Format {
    @Override
    public LineParser parser(SourceRules rules) {
        return new JsonLinesParser(mapping, rules);
    }
}
