package dev.metsuke.events.json;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, text, integers, booleans and instants as canonical JSON (RFC 8785); null members are left out. */
public final class CanonicalJson {

    private CanonicalJson() {}

    public static byte[] bytes(Map<String, ? extends @Nullable Object> members) {
        JsonBuffer out = new JsonBuffer(512);
        object(out, members);
        return out.toByteArray();
    }

    private static void object(JsonBuffer out, Map<?, ? extends @Nullable Object> members) {
        // String's natural order compares UTF-16 units, which is the order that RFC 8785 asks for.
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        members.forEach((name, value) -> sorted.put(String.valueOf(name), value));
        out.openObject();
        sorted.forEach((name, value) -> {
            if (value != null) {
                out.name(name);
                value(out, value);
            }
        });
        out.closeObject();
    }

    private static void value(JsonBuffer out, Object value) {
        switch (value) {
            case Map<?, ?> members -> object(out, members);
            case Collection<?> elements -> {
                out.openArray();
                elements.forEach(element -> value(out, element));
                out.closeArray();
            }
            case Integer number -> out.number(number);
            case Long number -> out.number(number);
            case Boolean truth -> out.bool(truth);
            case Instant instant -> out.text(instant.toString());
            case CharSequence text -> out.text(text.toString());
            default ->
                throw new IllegalArgumentException("no canonical form for a "
                        + value.getClass().getSimpleName() + "; use text, integers, booleans, instants, lists, maps");
        }
    }
}
