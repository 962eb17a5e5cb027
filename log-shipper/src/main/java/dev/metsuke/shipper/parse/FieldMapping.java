package dev.metsuke.shipper.parse;

import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a field's value comes from. Written as plain text it is a pointer if it starts with a slash, else a constant.
 *
 * @param pointer JSON Pointer to the value, such as {@code /user/name}
 * @param values what the log's values stand for, such as {@code view: read}; others stay as they are, unless
 *     {@code otherwise} is given
 * @param otherwise the value where the log has none, or none of {@code values}
 */
public record FieldMapping(
        @Nullable JsonPointer pointer,
        Map<String, String> values,
        @Nullable String otherwise) {

    public FieldMapping {
        values = Map.copyOf(values);
        if (pointer == null && otherwise == null) {
            throw new IllegalArgumentException("pointer is missing; give a JSON Pointer such as /user, or a constant");
        }
    }

    public static FieldMapping parse(String text) {
        return text.startsWith("/")
                ? new FieldMapping(JsonPointer.parse(text), Map.of(), null)
                : new FieldMapping(null, Map.of(), text);
    }

    /** The values that the settings give it, rather than the log. */
    Stream<String> given() {
        return Stream.concat(values.values().stream(), Stream.ofNullable(otherwise));
    }

    @Nullable
    String resolve(@Nullable String found) {
        if (found == null) {
            return otherwise;
        }
        if (values.isEmpty()) {
            return found;
        }
        String mapped = values.get(found);
        return mapped != null ? mapped : otherwise != null ? otherwise : found;
    }
}
