package dev.metsuke.shipper.parse;

import dev.metsuke.operations.settings.Default;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a field's value comes from. Written as plain text it is a pointer if it starts with a slash, else a constant.
 *
 * @param pointer JSON Pointer to the value, such as {@code /user/name}, or several
 * @param take what several pointers lead to
 * @param values what the log's values stand for, such as {@code view: read}; others stay as they are, unless patterns or
 *     {@code otherwise} are given
 * @param patterns the same by regular expressions (RE2) that the whole value matches; the first that does counts, and what
 *     none matches says nothing
 * @param otherwise the value where the log has none, or none of these
 */
public record FieldMapping(
        List<JsonPointer> pointer,
        @Default("all") Take take,
        Map<String, String> values,
        Map<TextPattern, String> patterns,
        @Nullable String otherwise) {

    /** What counts of the values of several pointers. */
    public enum Take {
        /** All of them together, with a blank between. */
        ALL,
        /** The first that the record has, where a blank or a hyphen is none. */
        FIRST
    }

    public FieldMapping {
        pointer = List.copyOf(pointer);
        values = Map.copyOf(values);
        // As they are written: the first that matches counts.
        patterns = Collections.unmodifiableMap(new LinkedHashMap<>(patterns));
        if (pointer.isEmpty() && otherwise == null) {
            throw new IllegalArgumentException("pointer is missing; give a JSON Pointer such as /user, or a constant");
        }
    }

    public static FieldMapping parse(String text) {
        return text.startsWith("/")
                ? of(JsonPointer.parse(text))
                : new FieldMapping(List.of(), Take.ALL, Map.of(), Map.of(), text);
    }

    static FieldMapping of(JsonPointer pointer) {
        return new FieldMapping(List.of(pointer), Take.ALL, Map.of(), Map.of(), null);
    }

    /** The values that the settings give it, rather than the log. */
    Stream<String> given() {
        return Stream.of(values.values().stream(), patterns.values().stream(), Stream.ofNullable(otherwise))
                .flatMap(given -> given);
    }

    @Nullable
    String resolve(@Nullable String found) {
        if (found == null || (values.isEmpty() && patterns.isEmpty())) {
            return found == null ? otherwise : found;
        }
        String mapped = values.get(found);
        if (mapped != null) {
            return mapped;
        }
        for (Map.Entry<TextPattern, String> pattern : patterns.entrySet()) {
            if (pattern.getKey().matches(found)) {
                return pattern.getValue();
            }
        }
        return otherwise != null ? otherwise : patterns.isEmpty() ? found : null;
    }
}
