package dev.metsuke.shipper.parse;

import java.util.Arrays;
import java.util.List;

/**
 * Where in a JSON document a value stands (RFC 6901), such as {@code /user/name}.
 *
 * @param names of the members on the way, or the places in an array
 */
public record JsonPointer(List<String> names) {

    /** As a name, what stands for every element or member. */
    static final String ANY = "*";

    public JsonPointer {
        names = List.copyOf(names);
    }

    public static JsonPointer parse(String text) {
        if (!text.startsWith("/") || text.length() == 1) {
            throw new IllegalArgumentException("not a JSON Pointer; it starts with a slash, such as /user/name");
        }
        return new JsonPointer(Arrays.stream(text.substring(1).split("/", -1))
                .map(name -> name.replace("~1", "/").replace("~0", "~"))
                .toList());
    }

    /** Whether it leads to every element of an array, or every member of an object. */
    boolean isOfMany() {
        return names.contains(ANY);
    }

    /** Of a value that stands in no document but has a name, such as a column: {@code /a} points to {@code a}. */
    String name() {
        return String.join("/", names);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        names.forEach(name -> text.append('/').append(name.replace("~", "~0").replace("/", "~1")));
        return text.toString();
    }
}
