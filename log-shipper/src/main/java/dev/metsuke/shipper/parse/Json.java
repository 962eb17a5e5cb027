package dev.metsuke.shipper.parse;

import dev.metsuke.operations.settings.Inline;
import dev.metsuke.shipper.tail.Framing;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects in an array, as portals export them and APIs answer, on one line or many; also one behind the other. Their
 * values are mapped by JSON Pointer.
 *
 * @param array the member that holds them, such as {@code entries}, where documents have others beside it
 * @param mapping which of an object's values are which fields
 */
public record Json(@Nullable String array, @Inline EventMapping mapping) implements Format {

    public Json {
        if (array != null && !array.matches("[\\x21\\x23-\\x5b\\x5d-\\x7e]+")) {
            throw new IllegalArgumentException(
                    "array must be the name of a member, such as entries, in ASCII, not " + array);
        }
    }

    @Override
    public LineParser parser(SourceRules rules) {
        return new JsonLinesParser(mapping, rules);
    }

    @Override
    public Framing framing(Encoding encoding) {
        return array == null ? new JsonObjectsFraming() : JsonObjectsFraming.pages(array);
    }
}
